using System.Collections.Frozen;
using System.Reflection;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Resources;

/// <summary>Finds the type of <c>k8s.Models</c> that describes a kind.</summary>
internal static class KubernetesModels
{
    private static readonly FrozenDictionary<(string Group, string Version, string Kind), Type> Models =
        typeof(V1Pod).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IKubernetesObject)))
            .Select(type => (type, entity: type.GetCustomAttribute<KubernetesEntityAttribute>()))
            .Where(pair => pair.entity is not null)
            .GroupBy(pair => (pair.entity!.Group ?? "", pair.entity.ApiVersion, pair.entity.Kind))
            .ToFrozenDictionary(group => group.Key, group => group.First().type);

    public static Type? Find(string group, string version, string kind) => Models.GetValueOrDefault((group, version, kind));
}
