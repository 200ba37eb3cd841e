namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>How service accounts are named as users.</summary>
internal static class ServiceAccounts
{
    public const string Group = "system:serviceaccounts";

    private const string Prefix = "system:serviceaccount:";

    public static string UserName(string ns, string name) => $"{Prefix}{ns}:{name}";

    public static UserInfo User(string ns, string name, string uid) =>
        new(UserName(ns, name), [Group, $"{Group}:{ns}", UserInfo.AuthenticatedGroup]) { Uid = uid };

    /// <summary>The groups of a user by its name alone: what impersonation and access reviews assume.</summary>
    public static IReadOnlyList<string> GroupsOf(string userName)
    {
        var parts = userName.Split(':');
        return userName.StartsWith(Prefix, StringComparison.Ordinal) && parts.Length == 4 ? [Group, $"{Group}:{parts[2]}"] : [];
    }
}
