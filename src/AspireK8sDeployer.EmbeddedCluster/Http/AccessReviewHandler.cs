using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Tables;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Answers whether somebody may do something.</summary>
internal static class AccessReviewHandler
{
    public static async Task ReviewAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var review = await ReviewBody.ReadAsync(context).ConfigureAwait(false);
        var spec = review.ObjectOrNew("spec");
        Check(context, spec);

        var local = context.Resource.Kind == "LocalSubjectAccessReview";
        if (local)
        {
            review.MetadataOf()["namespace"] = context.Info.Namespace;
        }

        var user = context.Resource.Kind == "SelfSubjectAccessReview" ? context.User : UserOf(spec);
        var decision = context.Parts.Authorizer.Decide(user, QuestionOf(spec));
        var status = new JsonObject { ["allowed"] = decision.Allowed };
        if (decision.Reason.Length > 0)
        {
            status["reason"] = decision.Reason;
        }

        review["status"] = status;
        await Answers.ObjectAsync(context, format, 201, review).ConfigureAwait(false);
    }

    private static void Check(ApiContext context, JsonObject spec)
    {
        var problems = new List<StatusCause>();
        var resource = spec["resourceAttributes"] as JsonObject;
        var other = spec["nonResourceAttributes"] as JsonObject;
        if (resource is null == other is null)
        {
            problems.Add(new StatusCause(
                "FieldValueInvalid",
                $"Invalid value: {resource?.ToJsonString() ?? "null"}: exactly one of nonResourceAttributes or resourceAttributes must be specified",
                "spec.resourceAttributes"));
        }

        if (context.Resource.Kind != "SelfSubjectAccessReview" && spec.Text("user").Length == 0 && spec.Strings("groups").Count == 0)
        {
            problems.Add(new StatusCause("FieldValueInvalid", "Invalid value: \"\": at least one of user or group must be specified", "spec.user"));
        }

        if (context.Resource.Kind == "LocalSubjectAccessReview")
        {
            if (other is not null)
            {
                problems.Add(new StatusCause("FieldValueInvalid", "Invalid value: null: disallowed on this kind of request", "spec.nonResourceAttributes"));
            }
            else if (resource is not null && resource.Text("namespace") is var ns && ns != context.Info.Namespace)
            {
                problems.Add(new StatusCause(
                    "FieldValueInvalid", $"Invalid value: {ServerText.Quote(ns)}: must match metadata.namespace", "spec.resourceAttributes.namespace"));
            }
        }

        if (problems.Count > 0)
        {
            // A real server does not name the kind here.
            throw ApiException.Invalid(context.Resource.Group, "", "", problems);
        }
    }

    private static UserInfo UserOf(JsonObject spec) => new(spec.Text("user"), spec.Strings("groups")) { Uid = spec.Text("uid") };

    private static AccessQuestion QuestionOf(JsonObject spec)
    {
        if (spec["nonResourceAttributes"] is JsonObject other)
        {
            return new AccessQuestion(other.Text("verb")) { Path = other.Text("path") };
        }

        var resource = spec["resourceAttributes"];
        return new AccessQuestion(resource.Text("verb"))
        {
            Group = resource.Text("group"),
            Version = resource.Text("version"),
            Resource = resource.Text("resource"),
            Subresource = resource.Text("subresource"),
            Namespace = resource.Text("namespace"),
            Name = resource.Text("name"),
        };
    }
}
