using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Auth;

/// <summary>Tokens of pods with accounts of their own, in the default namespace.</summary>
internal static class PodTokens
{
    /// <summary>Makes the account and a pod of it, and gives the pod's token.</summary>
    public static string Of(ApiServer server, string account, string? audience = null)
    {
        server.Api.Create(new V1ServiceAccount { Metadata = InDefault(account) }, "test");
        var pod = server.Api.Create(
            new V1Pod
            {
                Metadata = InDefault("p"),
                Spec = new V1PodSpec { ServiceAccountName = account, Containers = [new V1Container { Name = "c", Image = "i" }] },
            },
            "test");
        return server.IssuePodToken("default", account, "p", pod.Uid(), audience, TimeSpan.FromHours(1));
    }

    /// <summary>Gives an account a role.</summary>
    public static void Bind(ApiServer server, string account, string kind, string role) => server.Api.Create(
        new V1RoleBinding
        {
            Metadata = InDefault(account),
            RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = kind, Name = role },
            Subjects = [new Rbacv1Subject { Kind = "ServiceAccount", Name = account, NamespaceProperty = "default" }],
        },
        "test");

    private static V1ObjectMeta InDefault(string name) => new() { Name = name, NamespaceProperty = "default" };
}
