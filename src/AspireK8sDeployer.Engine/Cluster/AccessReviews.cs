using System.Net;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Asks the API what the user may do.</summary>
internal sealed class AccessReviews(ClusterObjects cluster)
{
    public async Task<bool> IsAllowedAsync(Permission permission, string? @namespace, CancellationToken cancellationToken)
    {
        var attributes = new JsonObject { ["group"] = permission.Group, ["resource"] = permission.Resource, ["verb"] = permission.Verb };
        if (@namespace is not null)
        {
            attributes["namespace"] = @namespace;
        }

        if (permission.Subresource is { } subresource)
        {
            attributes["subresource"] = subresource;
        }

        if (permission.Name is { } name)
        {
            attributes["name"] = name;
        }

        var review = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject { ["resourceAttributes"] = attributes },
        };
        var request = new ApiRequest(HttpMethod.Post, "apis/authorization.k8s.io/v1/selfsubjectaccessreviews") { Body = review, Subject = "access review" };
        try
        {
            var answer = await cluster.Client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return (bool?)answer["status"]?["allowed"] == true;
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Forbidden)
        {
            // Who may not even ask is nobody: the API lets every authenticated user ask.
            throw new ApiFailure(HttpStatusCode.Unauthorized, "Unauthorized", failure.Message, [], "access review");
        }
    }
}
