namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the account that the pods have.</summary>
internal static class ServiceAccountRules
{
    private const string Default = "default";
    private const string MendCreate = ".WithServiceAccount(s => s.Create = true)";

    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        var account = settings.ServiceAccount;
        errors.Unless(
            account.Name is null || SyntaxRules.IsDnsSubdomain(account.Name), "ServiceAccount.Name",
            $"'{account.Name}' is not the name of a ServiceAccount", ".WithServiceAccount(\"greeter\")");
        errors.Unless(
            !account.Create || account.Name != Default, "ServiceAccount.Create",
            "every namespace has an account 'default' of its own, which cannot be created", ".WithServiceAccount(\"greeter\", s => s.Create = true)");
        errors.Unless(
            account.Create || account.Annotations.Count == 0, "ServiceAccount.Annotations",
            "they can be put on an account only that is created with the deployment", MendCreate);
        MetadataRules.CheckAnnotations(
            account.Annotations, settings.Annotations, "ServiceAccount.Annotations", ".WithServiceAccount(s => s.Annotations[\"example.com/key\"] = \"value\")", errors);
        CheckRole(account, errors);
    }

    private static void CheckRole(ServiceAccountSettings account, SettingsErrors errors)
    {
        CheckName(account.Role, "ServiceAccount.Role", ".WithServiceAccount(s => s.Role = \"reader\")", errors);
        CheckName(account.ClusterRole, "ServiceAccount.ClusterRole", ".WithServiceAccount(s => s.ClusterRole = \"view\")", errors);
        errors.Unless(
            account.Role is null || account.ClusterRole is null, "ServiceAccount.Role",
            $"the Role '{account.Role}' and the ClusterRole '{account.ClusterRole}' are both named, and one can be bound", "leave one of them out");
        // Bound to the default account it would be every pod's of the namespace that names none.
        errors.Unless(
            (account.Role ?? account.ClusterRole) is null || account.Create || account.Name is not (null or Default),
            account.Role is null ? "ServiceAccount.ClusterRole" : "ServiceAccount.Role",
            $"'{account.Role ?? account.ClusterRole}' would be given to the namespace's default account, and so to every pod that names none", MendCreate);
    }

    // Role names are path segments, not DNS names: "system:node" is one.
    private static void CheckName(string? name, string setting, string fix, SettingsErrors errors) => errors.Unless(
        name is null || (name.Length > 0 && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '%')), setting,
        $"'{name}' is not the name of a role (without '/' and '%')", fix);
}
