using System.Text.Json.Nodes;
using k8s;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>What is beside a Deployment: what leads to its pods, scales and protects them, and what the user added.</summary>
/// <param name="Items">The objects, each with its kind.</param>
internal sealed record SideObjects(IReadOnlyList<JsonObject> Items)
{
    public static readonly SideObjects None = new([]);

    public IEnumerable<JsonObject> All(string kind) => Items.Where(item => (string?)item["kind"] == kind);

    public IEnumerable<T> All<T>(string kind) => All(kind).Select(item => KubernetesJson.Deserialize<T>(item.ToJsonString()));
}
