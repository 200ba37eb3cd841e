using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>
/// All that a deploy left in a namespace, without what differs between two deploys of the same settings: names of the
/// namespace and of hashed Secrets, ids, what the server makes up, and times. Two deploys ended alike when these are equal.
/// </summary>
internal static partial class NamespaceState
{
    private static readonly string[] ServerMetadata = ["uid", "resourceVersion", "creationTimestamp", "generation"];
    private static readonly string[] ServerSpec = ["clusterIP", "clusterIPs"];
    private static readonly string[] Times = ["acquireTime", "renewTime", "leaseTransitions"];

    public static async Task<string> ReadAsync(IKubernetes user, string @namespace, CancellationToken cancellationToken)
    {
        IKubernetesObject<V1ObjectMeta>[] objects =
        [
            await user.CoreV1.ReadNamespaceAsync(@namespace, cancellationToken: cancellationToken),
            .. (await user.AppsV1.ListNamespacedDeploymentAsync(@namespace, cancellationToken: cancellationToken)).Items,
            .. (await user.CoreV1.ListNamespacedServiceAsync(@namespace, cancellationToken: cancellationToken)).Items,
            .. (await user.CoreV1.ListNamespacedSecretAsync(@namespace, cancellationToken: cancellationToken)).Items,
            .. (await user.CoordinationV1.ListNamespacedLeaseAsync(@namespace, cancellationToken: cancellationToken)).Items,
        ];
        var revisions = (await user.AppsV1.ListNamespacedReplicaSetAsync(@namespace, cancellationToken: cancellationToken)).Items
            .Select(set => $"revision {set.Annotations()["deployment.kubernetes.io/revision"]}: {set.Spec.Replicas} replicas")
            .Order(StringComparer.Ordinal);
        var texts = objects.Select(item => Comparable(item, @namespace)).Order(StringComparer.Ordinal).Concat(revisions);
        return string.Join('\n', texts);
    }

    private static string Comparable(IKubernetesObject<V1ObjectMeta> item, string @namespace)
    {
        var json = JsonNode.Parse(KubernetesJson.Serialize((object)item))!.AsObject();
        json.Remove("status");
        var metadata = json["metadata"]!.AsObject();
        Array.ForEach(ServerMetadata, name => metadata.Remove(name));
        metadata["managedFields"] = OurFields(metadata);
        if (json["spec"] is JsonObject spec)
        {
            Array.ForEach([.. ServerSpec, .. Times], name => spec.Remove(name));
            foreach (var port in (spec["ports"] as JsonArray ?? []).OfType<JsonObject>())
            {
                port.Remove("nodePort");
            }
        }

        if (json["data"] is JsonObject data)
        {
            data.Remove("salt");
            foreach (var (key, value) in data.ToList())
            {
                data[key] = TextOf(key, Convert.FromBase64String((string)value!));
            }
        }

        var text = $"{item.GetType().Name} {json.ToJsonString(new() { WriteIndented = true })}".Replace(@namespace, "<namespace>", StringComparison.Ordinal);
        return Hashes().Replace(Guids().Replace(text, "<id>"), "-<hash>");
    }

    // What was recorded is compared, but not when, nor what a second plan found left to be done.
    private static string TextOf(string key, byte[] value)
    {
        if (key.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var unpacked = new StreamReader(new GZipStream(new MemoryStream(value), CompressionMode.Decompress));
            return unpacked.ReadToEnd();
        }

        if (key != "release.json")
        {
            return Encoding.UTF8.GetString(value);
        }

        var record = JsonNode.Parse(value)!.AsObject();
        record.Remove("digest");
        record.Remove("plan");
        Array.ForEach(["begun", "ended", "changes"], name => record["info"]!.AsObject().Remove(name));
        return record.ToJsonString();
    }

    private static JsonArray OurFields(JsonObject metadata)
    {
        var ours = (metadata["managedFields"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(entry => (string?)entry["manager"] == "aspire-k8s-deployer")
            .Select(entry => entry.DeepClone().AsObject())
            .ToList();
        ours.ForEach(entry => entry.Remove("time"));
        return [.. ours];
    }

    [GeneratedRegex("-[0-9a-f]{10}(?![0-9a-z])")]
    private static partial Regex Hashes();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Guids();
}
