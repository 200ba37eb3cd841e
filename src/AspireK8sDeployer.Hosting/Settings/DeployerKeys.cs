namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Where configuration has a deployer's and a deployment's settings.</summary>
internal static class DeployerKeys
{
    public const string Deployers = "KubernetesDeployer";
    public const string Deployments = "PipelineDeployments";

    public const string Context = "KubernetesContext";
    public const string Kubeconfig = "Kubeconfig";
    public const string InCluster = "InCluster";
    public const string Server = "ClusterServer";
    public const string Token = "ClusterToken";
    public const string CertificateAuthority = "ClusterCertificateAuthority";
    public const string RbacSubject = "RbacSubject";
    public const string Adoption = "Adoption";
    public const string TakeOver = "TakeOver";
    public const string Replacement = "Replacement";

    /// <summary>The section that says how plans are shown.</summary>
    public const string Plan = "Plan";
    public const string Namespace = "KubernetesNamespace";

    /// <summary>Input of the step that shows the status.</summary>
    public const string Status = "Status";

    public static string SectionOf(KubernetesDeployerResource deployer) => $"{Deployers}:{deployer.Name}";

    public static string SectionOf(string deployment) => $"{Deployments}:{deployment}";
}
