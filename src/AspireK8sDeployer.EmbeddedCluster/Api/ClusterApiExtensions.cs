using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>The same door with the types of <c>k8s.Models</c>.</summary>
internal static class ClusterApiExtensions
{
    public static T? Get<T>(this IClusterApi api, string? ns, string name)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        api.Get(api.Resources.Of<T>(), ns, name) is { } json ? json.To<T>() : null;

    public static ObjectList<T> List<T>(this IClusterApi api, string? ns = null, string? labelSelector = null, string? fieldSelector = null)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var list = api.List(api.Resources.Of<T>(), ns, labelSelector, fieldSelector);
        return new([.. list.Items.Select(To<T>)], list.ResourceVersion);
    }

    public static IReadOnlyList<T> View<T>(this IClusterApi api, string? ns = null)
        where T : class, IKubernetesObject<V1ObjectMeta> => api.View<T>(api.Resources.Of<T>(), ns);

    public static async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        this IClusterApi api, string? ns, long fromVersion, [EnumeratorCancellation] CancellationToken ct)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        await foreach (var change in api.WatchAsync(api.Resources.Of<T>(), ns, fromVersion, ct).ConfigureAwait(false))
        {
            yield return new(change.Type, change.Object.To<T>(), change.ResourceVersion);
        }
    }

    public static T Create<T>(this IClusterApi api, T obj, string manager)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        api.Create(api.Resources.Of<T>(), ToJson(api, obj), manager).To<T>();

    public static T Update<T>(this IClusterApi api, T obj, string manager)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        api.Update(api.Resources.Of<T>(), ToJson(api, obj), manager).To<T>();

    public static T UpdateStatus<T>(this IClusterApi api, T obj, string manager)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        api.Update(api.Resources.Of<T>(), ToJson(api, obj), manager, "status").To<T>();

    public static void Delete<T>(this IClusterApi api, string? ns, string name, DeleteOptions? options = null)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        api.Delete(api.Resources.Of<T>(), ns, name, options);

    public static T To<T>(this JsonObject json) => KubernetesJson.Deserialize<T>(json.ToJsonString());

    private static JsonObject ToJson<T>(IClusterApi api, T obj)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var json = (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(obj))!;
        var resource = api.Resources.Of<T>();
        json["apiVersion"] = resource.ApiVersion;
        json["kind"] = resource.Kind;
        return json;
    }
}
