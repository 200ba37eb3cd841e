using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The pods' specification; it satisfies the restricted Pod Security Standard.</summary>
internal static class PodObject
{
    public static JsonObject Spec(DeploymentSettings settings, string? environmentSecret, string? pullSecret)
    {
        var spec = new JsonObject
        {
            ["automountServiceAccountToken"] = settings.ServiceAccount.MountToken,
            ["securityContext"] = SecurityContext(settings.ImageIsOurs),
            ["terminationGracePeriodSeconds"] = StopTimes.GracePeriod(settings),
            ["containers"] = new JsonArray(ContainerObject.Render(settings, environmentSecret)),
        };
        if (ServiceAccountObject.NameOf(settings) is { } account)
        {
            spec["serviceAccountName"] = account;
        }

        List<string> pullSecrets = [.. settings.ImagePullSecrets];
        if (pullSecret is not null)
        {
            pullSecrets.Add(pullSecret);
        }

        if (pullSecrets.Count > 0)
        {
            spec["imagePullSecrets"] = new JsonArray([.. pullSecrets.Distinct().Select(name => (JsonNode)new JsonObject { ["name"] = name })]);
        }

        return spec;
    }

    private static JsonObject SecurityContext(bool imageIsOurs)
    {
        var context = new JsonObject { ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" } };
        if (imageIsOurs)
        {
            // Without a number: the image has one, and some clusters (OpenShift) choose their own.
            context["runAsNonRoot"] = true;
        }

        return context;
    }
}
