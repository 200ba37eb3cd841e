namespace AspireK8sDeployer.Engine.Rbac;

/// <summary>Who is to have the rights: a user, a group, or a service account.</summary>
public sealed record RbacSubject
{
    private RbacSubject(string kind, string name, string? @namespace)
    {
        Kind = kind;
        Name = name;
        Namespace = @namespace;
    }

    /// <summary>A user named <c>REPLACE_ME</c>, for whoever applies the roles to fill in.</summary>
    public static RbacSubject ReplaceMe { get; } = User("REPLACE_ME");

    /// <summary><c>User</c>, <c>Group</c> or <c>ServiceAccount</c>.</summary>
    public string Kind { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The namespace of a service account.</summary>
    public string? Namespace { get; }

    /// <summary>A user, by the name that the cluster knows.</summary>
    /// <param name="name">The name.</param>
    public static RbacSubject User(string name) => new("User", name, null);

    /// <summary>A group of users.</summary>
    /// <param name="name">The name.</param>
    public static RbacSubject Group(string name) => new("Group", name, null);

    /// <summary>A service account, for example that of a build in the cluster.</summary>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="name">The name.</param>
    public static RbacSubject ServiceAccount(string @namespace, string name) => new("ServiceAccount", name, @namespace);
}
