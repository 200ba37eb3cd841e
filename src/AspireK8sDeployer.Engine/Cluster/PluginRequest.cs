using System.Text;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What a plugin is told, in the variable <c>KUBERNETES_EXEC_INFO</c>.</summary>
internal static class PluginRequest
{
    public static JsonObject Of(KubeconfigContext context, bool interactive)
    {
        var exec = (JsonObject)context.User["exec"]!;
        var spec = new JsonObject { ["interactive"] = interactive };
        if (exec.IsTrue("provideClusterInfo"))
        {
            spec["cluster"] = Cluster(context.Cluster);
        }

        return new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = exec.Text("apiVersion"), ["spec"] = spec };
    }

    private static JsonObject Cluster(JsonObject cluster)
    {
        var told = new JsonObject { ["server"] = cluster.Text("server") };
        foreach (var name in (string[])["tls-server-name", "proxy-url", "certificate-authority-data"])
        {
            if (cluster.Text(name) is { Length: > 0 } text)
            {
                told[name] = text;
            }
        }

        if (!told.ContainsKey("certificate-authority-data") && cluster.Text("certificate-authority") is { } path && File.Exists(path))
        {
            told["certificate-authority-data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(File.ReadAllText(path)));
        }

        if (cluster.IsTrue("insecure-skip-tls-verify"))
        {
            told["insecure-skip-tls-verify"] = true;
        }

        var ownConfiguration = cluster.Objects("extensions").FirstOrDefault(item => item.Text("name") == "client.authentication.k8s.io/exec");
        if (ownConfiguration?["extension"] is { } configuration)
        {
            told["config"] = configuration.DeepClone();
        }

        return told;
    }
}
