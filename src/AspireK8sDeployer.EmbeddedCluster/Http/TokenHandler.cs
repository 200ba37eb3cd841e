using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Tables;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>POST of <c>serviceaccounts/token</c>.</summary>
internal static class TokenHandler
{
    private const long DefaultSeconds = 3600;
    private const long LeastSeconds = 600;
    private const long MostSeconds = 1L << 32;

    private static readonly ResourceDefinition Request = new()
    {
        Group = "authentication.k8s.io",
        Version = "v1",
        Kind = "TokenRequest",
        ListKind = "TokenRequestList",
        Plural = "tokenrequests",
        Singular = "tokenrequest",
        Model = KubernetesModels.Find("authentication.k8s.io", "v1", "TokenRequest"),
    };

    public static async Task CreateAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var options = WriteOptions.Read(context, "CreateOptions");
        var request = await RequestBody.DecodeAsync(context, Request, options).ConfigureAwait(false);
        var (ns, name) = (context.Namespace, context.Info.Name);
        var account = context.Parts.Store.Get(context.Resource, ns, name) ?? throw ApiException.NotFound(context.Resource, name);
        var metadata = request.MetadataOf();
        if (metadata.Text("name") is { Length: > 0 } given && given != name)
        {
            throw ApiException.Invalid(Request.Group, Request.Kind, name, [new StatusCause(
                "FieldValueInvalid", $"Invalid value: {ServerText.Quote(given)}: must match the service account name if specified", "metadata.name")]);
        }

        var spec = request.ObjectOrNew("spec");
        if (spec.NumberOf("expirationSeconds") is null or 0)
        {
            spec["expirationSeconds"] = DefaultSeconds;
        }

        ServerSideApply.TrackUpdate(Request, null, request, context.Manager, context.Subresource, context.Parts.Time.GetUtcNow());
        var seconds = spec.NumberOf("expirationSeconds") ?? DefaultSeconds;
        Check(seconds);
        var audiences = spec.Strings("audiences");
        if (audiences.Count == 0)
        {
            audiences = [TokenIssuer.Audience];
            spec["audiences"] = new JsonArray(TokenIssuer.Audience);
        }

        var claims = Bind(context, new TokenClaims(ns, name, account.Uid, audiences), spec);
        var (token, expires) = context.Parts.Tokens.Issue(claims, TimeSpan.FromSeconds(seconds));
        if (spec["boundObjectRef"] is null)
        {
            spec["boundObjectRef"] = null; // shown even when there is none
        }

        metadata["name"] = name;
        metadata["namespace"] = ns;
        metadata["uid"] = account.Uid;
        metadata["creationTimestamp"] = Metadata.Timestamp(context.Parts.Time.GetUtcNow());
        request["status"] = new JsonObject { ["token"] = token, ["expirationTimestamp"] = Metadata.Timestamp(expires) };
        await Answers.ObjectAsync(context, format, 201, request, Request).ConfigureAwait(false);
    }

    private static void Check(long seconds)
    {
        var problem = seconds < LeastSeconds ? "may not specify a duration less than 10 minutes"
            : seconds > MostSeconds ? "may not specify a duration larger than 2^32 seconds" : null;
        if (problem is not null)
        {
            throw ApiException.Invalid(Request.Group, Request.Kind, "", [new StatusCause(
                "FieldValueInvalid", $"Invalid value: {seconds}: {problem}", "spec.expirationSeconds")]);
        }
    }

    private static TokenClaims Bind(ApiContext context, TokenClaims claims, JsonObject spec)
    {
        if (spec.At("boundObjectRef") is not JsonObject reference)
        {
            return claims;
        }

        var kind = reference.Text("kind");
        if (kind is not ("Pod" or "Secret" or "Node"))
        {
            throw ApiException.BadRequest($"cannot bind token for serviceaccount {ServerText.Quote(claims.ServiceAccount)} to object ref with type {reference.Text("apiVersion")}, Kind={kind}");
        }

        var resource = context.Parts.Table.Kind("v1", kind);
        var name = reference.Text("name");
        var bound = context.Parts.Store.Get(resource, resource.Namespaced ? claims.Namespace : "", name) ?? throw ApiException.NotFound(resource, name);
        if (reference.Text("uid") is { Length: > 0 } uid && uid != bound.Uid)
        {
            throw ApiException.Conflict(resource, name, $"the UID in the bound object reference ({uid}) does not match the UID in record. The object might have been deleted and then recreated");
        }

        return claims with { BoundKind = kind, BoundName = name, BoundUid = bound.Uid };
    }
}
