namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>One verb on one resource, or on the one object of it that is named.</summary>
internal sealed record Permission(string Group, string Resource, string Verb, string? Subresource = null, string? Name = null)
{
    /// <summary>All there is.</summary>
    public static readonly Permission Everything = new("*", "*", "*");

    /// <summary>The resource as a Role names it, for example <c>deployments</c> or <c>pods/log</c>.</summary>
    public string FullResource => Subresource is null ? Resource : $"{Resource}/{Subresource}";

    /// <summary>For example <c>deployments.apps</c> or <c>pods/log</c>.</summary>
    public string Target => Group.Length == 0 ? FullResource : $"{FullResource}.{Group}";
}
