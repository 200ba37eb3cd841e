using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Rbac;
using AspireK8sDeployer.Hosting.Settings;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Reads from configuration who is to have the rights of a deployer.</summary>
internal static class RightsSubject
{
    private const string Code = "K8SD814";

    /// <summary>The user, group or service account; a placeholder when none is named.</summary>
    /// <exception cref="DeploymentException">What is configured names nobody.</exception>
    public static RbacSubject Of(KubernetesDeployerResource deployer)
    {
        var text = deployer.Configuration.GetSection(DeployerKeys.SectionOf(deployer))[DeployerKeys.RbacSubject];
        return text is null ? RbacSubject.ReplaceMe : Parse(text) ?? throw new DeploymentException(
            Code, "settings", $"{DeployerKeys.SectionOf(deployer)}:{DeployerKeys.RbacSubject} is \"{text}\", which names nobody",
            "write User:<name>, Group:<name> or ServiceAccount:<namespace>/<name>");
    }

    internal static RbacSubject? Parse(string text)
    {
        // A name may have colons itself: system:serviceaccounts:ci.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, name) = colon < 0 ? ("", text) : (text[..colon], text[(colon + 1)..].Trim());
        return kind.Trim().ToUpperInvariant() switch
        {
            "USER" when name.Length > 0 => RbacSubject.User(name),
            "GROUP" when name.Length > 0 => RbacSubject.Group(name),
            "SERVICEACCOUNT" when name.Split('/') is [{ Length: > 0 } @namespace, { Length: > 0 } account] => RbacSubject.ServiceAccount(@namespace, account),
            _ => null,
        };
    }
}
