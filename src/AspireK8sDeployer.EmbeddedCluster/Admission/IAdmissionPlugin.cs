namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>One rule between a request and the store. Throws an <c>ApiException</c> to refuse.</summary>
internal interface IAdmissionPlugin
{
    /// <summary>May change the object; runs before defaults of the kind are checked.</summary>
    void Mutate(AdmissionRequest request)
    {
    }

    /// <summary>Sees the object as it would be stored; must not change it.</summary>
    void Validate(AdmissionRequest request)
    {
    }
}
