using System.Globalization;

namespace AspireK8sDeployer.Engine;

/// <summary>The names by which we know our own objects and fields in a cluster.</summary>
internal static class Names
{
    /// <summary>Never with a version, host or run in it: a new name would leave the fields of the old one behind.</summary>
    public const string FieldManager = "aspire-k8s-deployer";

    public const string Domain = "aspire-k8s.dev";
    public const string DeploymentLabel = Domain + "/deployment";
    public const string ManagedByLabel = "app.kubernetes.io/managed-by";
    public const string PartOfLabel = "app.kubernetes.io/part-of";
    public const string NameLabel = "app.kubernetes.io/name";
    public const string InstanceLabel = "app.kubernetes.io/instance";
    public const string VersionLabel = "app.kubernetes.io/version";

    /// <summary>On a namespace that we made, so that we may remove it.</summary>
    public const string CreatedNamespaceLabel = Domain + "/created-namespace";

    public static string Inventory(string deployment) => "aspire-k8s." + deployment;

    public const string RevisionLabel = Domain + "/revision";
    public const string OutcomeLabel = Domain + "/outcome";

    public static string Release(string deployment, int revision) => string.Create(CultureInfo.InvariantCulture, $"{Inventory(deployment)}.r{revision}");

    public static string Lease(string deployment) => "aspire-k8s." + deployment;

    /// <summary>Selects everything of one deployment.</summary>
    public static string Selector(string deployment) => $"{DeploymentLabel}={deployment}";
}
