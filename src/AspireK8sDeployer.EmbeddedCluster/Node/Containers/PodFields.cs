using System.Globalization;
using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>The values that a pod can be told about itself (the downward API).</summary>
internal static class PodFields
{
    /// <param name="path">For example <c>metadata.name</c> or <c>metadata.labels['app']</c>.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="podIp">Its address, which its status need not have yet.</param>
    /// <param name="hostIp">The node's address.</param>
    public static string Value(string path, V1Pod pod, string podIp, string hostIp) => path switch
    {
        "metadata.name" => pod.Metadata.Name,
        "metadata.namespace" => pod.Metadata.NamespaceProperty,
        "metadata.uid" => pod.Metadata.Uid,
        "metadata.labels" => Lines(pod.Metadata.Labels),
        "metadata.annotations" => Lines(pod.Metadata.Annotations),
        "spec.nodeName" => pod.Spec.NodeName,
        "spec.serviceAccountName" => pod.Spec.ServiceAccountName ?? "",
        "status.hostIP" or "status.hostIPs" => hostIp,
        "status.podIP" or "status.podIPs" => podIp,
        _ when Subscript(path, "metadata.labels") is { } label => ValueOf(pod.Metadata.Labels, label),
        _ when Subscript(path, "metadata.annotations") is { } annotation => ValueOf(pod.Metadata.Annotations, annotation),
        _ => throw new ContainerConfigException($"unsupported fieldPath: {path}"),
    };

    /// <summary>A container's request or limit in units of the divisor, rounded up; a limit that is not set is what the node has.</summary>
    public static string Resource(V1ResourceFieldSelector selector, V1Container container, V1Node? node)
    {
        var separator = selector.Resource.IndexOf('.', StringComparison.Ordinal);
        var (kind, name) = (selector.Resource[..separator], selector.Resource[(separator + 1)..]);
        var limits = container.Resources?.Limits;
        var values = kind == "limits" ? limits : container.Resources?.Requests;
        ResourceQuantity? quantity = null;
        if (values?.TryGetValue(name, out quantity) != true && kind == "limits")
        {
            node?.Status?.Allocatable?.TryGetValue(name, out quantity);
        }

        var divisor = Quantity.Value(selector.Divisor);
        return Math.Ceiling(Quantity.Value(quantity) / (divisor == 0 ? 1 : divisor)).ToString("0", CultureInfo.InvariantCulture);
    }

    private static string? Subscript(string path, string field) =>
        path.StartsWith(field + "['", StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal) ? path[(field.Length + 2)..^2] : null;

    private static string ValueOf(IDictionary<string, string>? values, string key) =>
        values is not null && values.TryGetValue(key, out var value) ? value : "";

    private static string Lines(IDictionary<string, string>? values)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in (values ?? new Dictionary<string, string>()).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{key}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"\n");
        }

        return text.ToString().TrimEnd('\n');
    }
}
