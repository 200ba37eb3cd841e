namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>One verb on one resource.</summary>
internal sealed record Permission(string Group, string Resource, string Verb, string? Subresource = null)
{
    /// <summary>All there is.</summary>
    public static readonly Permission Everything = new("*", "*", "*");

    /// <summary>For example <c>deployments.apps</c> or <c>pods/log</c>.</summary>
    public string Target => $"{Resource}{(Subresource is null ? "" : "/" + Subresource)}{(Group.Length == 0 ? "" : "." + Group)}";
}
