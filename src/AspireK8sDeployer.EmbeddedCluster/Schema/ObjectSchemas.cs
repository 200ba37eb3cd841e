using System.Runtime.CompilerServices;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>The schema of each row of the resource table.</summary>
internal static class ObjectSchemas
{
    private static readonly ConditionalWeakTable<ResourceDefinition, StructType> Custom = [];

    public static StructType Metadata { get; } = ModelSchema.Of(typeof(V1ObjectMeta));

    public static StructType Of(ResourceDefinition resource) => resource.Model is { } model
        ? ModelSchema.Of(model)
        : Custom.GetValue(resource, static row => CustomSchema.Of(row));
}
