namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>Who owns fields: what makes one entry of <c>managedFields</c> different from another.</summary>
/// <param name="Name">The field manager.</param>
/// <param name="IsApply">It applies; otherwise it updates.</param>
/// <param name="ApiVersion">The version that it updates; empty for one that applies, which is the same whatever the version.</param>
/// <param name="Subresource">The subresource that it writes through; empty for the object itself.</param>
internal sealed record ManagerId(string Name, bool IsApply, string ApiVersion, string Subresource)
{
    public static ManagerId Apply(string name, string? subresource) => new(Named(name), true, "", subresource ?? "");

    public static ManagerId Update(string name, string apiVersion, string? subresource) =>
        new(Named(name), false, apiVersion, subresource ?? "");

    /// <summary>How a conflict names the manager.</summary>
    public string Display()
    {
        var text = $"\"{Name}\"";
        if (Subresource.Length > 0)
        {
            text += $" with subresource \"{Subresource}\"";
        }

        return IsApply ? text : $"{text} using {ApiVersion}";
    }

    private static string Named(string name) => name.Length == 0 ? "unknown" : name;
}
