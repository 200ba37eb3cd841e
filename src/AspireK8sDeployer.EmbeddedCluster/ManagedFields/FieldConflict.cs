namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>A field that an apply would change and another manager owns.</summary>
internal sealed record FieldConflict(ManagerId Manager, string[] Path)
{
    public string Field => string.Concat(Path.Select(PathElement.Display));
}
