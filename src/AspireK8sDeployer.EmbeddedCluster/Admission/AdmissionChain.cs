namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>The admission plugins in the order in which a real server runs them.</summary>
internal sealed class AdmissionChain(IReadOnlyList<IAdmissionPlugin> plugins)
{
    public void Mutate(AdmissionRequest request)
    {
        foreach (var plugin in plugins)
        {
            plugin.Mutate(request);
        }
    }

    public void Validate(AdmissionRequest request)
    {
        foreach (var plugin in plugins)
        {
            plugin.Validate(request);
        }
    }
}
