using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>The name of an object within its kind; <paramref name="Namespace"/> is empty for kinds without namespaces.</summary>
internal readonly record struct ObjectKey(string Namespace, string Name)
{
    public static ObjectKey Of(IMetadata<V1ObjectMeta> obj) => new(obj.Metadata.NamespaceProperty ?? "", obj.Metadata.Name);

    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
