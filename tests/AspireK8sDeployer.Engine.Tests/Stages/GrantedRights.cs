using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Rbac;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Gives a space's service account <c>deployer</c> rights, as an administrator does it with <c>kubectl apply --server-side</c>.</summary>
internal static class GrantedRights
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A deployment with an object of nearly every kind that can be rendered.</summary>
    public static DeploymentSettings Everything(Space space) => space.Settings() with
    {
        NetworkPolicy = true,
        PodDisruptionBudget = true,
        ServiceAccount = new ServiceAccountSettings { Create = true, ClusterRole = "view" },
        Ingress = new IngressSettings { Host = $"{space.Name}.example.com" },
        Resources = space.Settings().Resources with { MinReplicas = 1, MaxReplicas = 2 },
        SecretEnvironment = new Dictionary<string, string> { ["DB_PASSWORD"] = "hunter22" },
    };

    /// <summary>These rights and no other, in place of those that were given before.</summary>
    public static async Task GrantAsync(this Space space, IEnumerable<RequiredPermission> permissions)
    {
        var manifest = RbacManifest.Render($"deployer-{space.Name}", permissions, RbacSubject.ServiceAccount(space.Name, "deployer"));
        foreach (var item in manifest.Objects)
        {
            var root = item.Id.ApiVersion == "v1" ? "api/v1" : $"apis/{item.Id.ApiVersion}";
            var place = item.Id.Namespace is null ? root : $"{root}/namespaces/{item.Id.Namespace}";
            await space.ApplyAsync($"{place}/{item.Id.Kind.ToLowerInvariant()}s/{item.Id.Name}", item.Body);
        }
    }

    /// <summary>Applies an object as the administrator.</summary>
    public static Task<JsonObject> ApplyAsync(this Space space, string path, JsonObject body) => space.Objects.Client.SendAsync(
        new ApiRequest(HttpMethod.Patch, path)
        {
            Query = new Dictionary<string, string> { ["fieldManager"] = "administrator", ["force"] = "true", ["fieldValidation"] = "Strict" },
            Body = (JsonObject)body.DeepClone(),
            ContentType = "application/apply-patch+yaml",
        },
        Cancellation);
}
