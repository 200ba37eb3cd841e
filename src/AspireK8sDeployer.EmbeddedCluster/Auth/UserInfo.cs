namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>Who makes a request.</summary>
internal sealed record UserInfo(string Name, IReadOnlyList<string> Groups)
{
    public const string AdministratorsGroup = "system:masters";
    public const string AuthenticatedGroup = "system:authenticated";

    public static readonly UserInfo Anonymous = new("system:anonymous", ["system:unauthenticated"]);

    /// <summary>The cluster's own components, which come through the in-process door.</summary>
    public static readonly UserInfo Component = new("system:apiserver", [AdministratorsGroup, AuthenticatedGroup]);

    public string Uid { get; init; } = "";

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
