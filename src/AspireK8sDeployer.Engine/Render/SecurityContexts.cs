using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>
/// What the restricted Pod Security Standard asks for, and over it, field by field, what the user asks for. Of two fields that
/// the server takes only one of, ours gives way.
/// </summary>
internal static class SecurityContexts
{
    public static JsonObject OfPod(DeploymentSettings settings)
    {
        var context = new JsonObject { ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" } };
        if (settings.ImageIsOurs)
        {
            // Without a number: the image has one, and some clusters (OpenShift) choose their own.
            context["runAsNonRoot"] = true;
        }

        if (settings.Pod.PodSecurityContext is not { } asked)
        {
            return context;
        }

        if (asked.RunAsUser == 0 && asked.RunAsNonRoot is null)
        {
            context.Remove("runAsNonRoot");
        }

        return Merge(context, asked);
    }

    public static JsonObject OfContainer(V1SecurityContext? asked)
    {
        var context = new JsonObject
        {
            ["allowPrivilegeEscalation"] = false,
            ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
        };
        if (asked is null)
        {
            return context;
        }

        if (asked.AllowPrivilegeEscalation is null && MayEscalate(asked))
        {
            context.Remove("allowPrivilegeEscalation");
        }

        if (asked.RunAsUser == 0 && asked.RunAsNonRoot is null)
        {
            // The pod's own says otherwise, for all of its containers.
            context["runAsNonRoot"] = false;
        }

        return Merge(context, asked);
    }

    /// <summary>Whether it asks for what contains the right to escalate.</summary>
    public static bool MayEscalate(V1SecurityContext context) =>
        context.Privileged == true || context.Capabilities?.Add?.Any(capability => capability is "SYS_ADMIN" or "CAP_SYS_ADMIN") == true;

    private static JsonObject Merge(JsonObject ours, object asked)
    {
        var given = ModelJson.Raw(asked);
        if ((string?)given["seccompProfile"]?["type"] is not null)
        {
            // One choice, whose other fields belong to it.
            ours.Remove("seccompProfile");
        }

        Lay(given, ours);
        return (JsonObject)ModelJson.Canonical(ours, asked.GetType());
    }

    private static void Lay(JsonObject over, JsonObject under)
    {
        foreach (var (name, value) in over)
        {
            if (value is JsonObject members && under[name] is JsonObject below)
            {
                Lay(members, below);
            }
            else
            {
                under[name] = value?.DeepClone();
            }
        }
    }
}
