namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>What somebody wants to do: with a resource, or (when <see cref="Path"/> is set) with another URL.</summary>
internal sealed record AccessQuestion(string Verb)
{
    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Path { get; init; }

    /// <summary><c>pods/log</c>: how rules name a subresource.</summary>
    public string FullResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    /// <summary>The text after <c>forbidden: </c> when the answer is no.</summary>
    public string Refusal(UserInfo user)
    {
        if (Path is not null)
        {
            return $"User \"{user.Name}\" cannot {Verb} path \"{Path}\"";
        }

        var scope = Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{Namespace}\"";
        return $"User \"{user.Name}\" cannot {Verb} resource \"{FullResource}\" in API group \"{Group}\" {scope}";
    }
}
