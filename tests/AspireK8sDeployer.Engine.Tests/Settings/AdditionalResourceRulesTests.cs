using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Settings;

public class AdditionalResourceRulesTests
{
    [Fact]
    public void AnIngressOfItsName_IsTheUsers_AsLongAsTheDeployerMakesNone()
    {
        var settings = A.Settings() with { AdditionalResources = [AdditionalResource.FromYaml("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: greeter}}", "x.yaml")] };

        Assert.Empty(DeploymentEngine.Validate(settings));
        Assert.Single(DeploymentEngine.Validate(settings with { Ingress = new IngressSettings { Host = "greeter.example.com" } }));
    }
}
