namespace AspireK8sDeployer.Engine.Settings;

/// <summary>How a request's path is compared with an Ingress's.</summary>
public enum IngressPathType
{
    /// <summary>Whole elements of the path from its beginning; the default.</summary>
    Prefix,

    /// <summary>The whole path, to the letter.</summary>
    Exact,

    /// <summary>As the Ingress's class decides.</summary>
    ImplementationSpecific,
}
