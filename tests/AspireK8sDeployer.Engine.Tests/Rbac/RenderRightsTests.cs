using AspireK8sDeployer.Engine.Rbac;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Rbac;

public class RenderRightsTests
{
    [Fact]
    public void APlainDeployment_NeedsFew() =>
        Snapshot.Matches(DeploymentEngine.RenderRights("greeter-deployer", [A.Settings()]).ToYaml(), "plain.yaml");

    [Fact]
    public void EverySetting_NeedsWhatItIs_AndNothingElse() =>
        Snapshot.Matches(
            DeploymentEngine.RenderRights(
                "greeter-deployer",
                [
                    A.Settings() with
                    {
                        NetworkPolicy = true,
                        ServiceAccount = new() { Create = true, Role = "reader" },
                        Ingress = new() { Host = "greeter.example.com" },
                        Gateway = new() { Name = "shared", Namespace = "infra" },
                        Resources = new() { MinReplicas = 2, MaxReplicas = 4 },
                        SecretEnvironment = new Dictionary<string, string> { ["KEY"] = "hunter2" },
                        AuthKey = AuthKey.Generated,
                    },
                ],
                RbacSubject.ServiceAccount("builds", "deployer")).ToYaml(),
            "everything.yaml");

    [Fact]
    public void TwoDeploymentsOfANamespace_ShareARole_AndANodePortTakesAClusterRole()
    {
        var rights = DeploymentEngine.RenderRights(
            "k8s-deployer",
            [A.Settings(), A.Settings() with { Name = "other", Service = new() { Type = ServiceType.NodePort } }, A.Settings() with { Namespace = "elsewhere" }]);

        Assert.Equal(
            [
                "Namespace/demo", "Role/demo/k8s-deployer", "RoleBinding/demo/k8s-deployer",
                "Namespace/elsewhere", "Role/elsewhere/k8s-deployer", "RoleBinding/elsewhere/k8s-deployer",
                "ClusterRole/k8s-deployer", "ClusterRoleBinding/k8s-deployer",
            ],
            rights.Objects.Select(item => item.ToString()));
        Assert.DoesNotContain("hunter", rights.ToYaml(), StringComparison.Ordinal);
        Assert.Contains("resourceNames:\n  - greeter\n  - other\n", rights.ToYaml(), StringComparison.Ordinal);
    }
}
