using AspireK8sDeployer.Engine.Render;
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

    [Fact]
    public void ANameThatTheDeployerTakes_IsToldWithAllOtherMistakes()
    {
        var settings = A.Settings() with
        {
            Image = "NO IMAGE",
            AdditionalResources = [AdditionalResource.FromYaml("{apiVersion: v1, kind: Service, metadata: {name: greeter}}", "x.yaml")],
        };

        Assert.Equal(["Image", "AdditionalResources"], DeploymentEngine.Validate(settings).Select(error => error.Setting));
    }

    [Theory]
    [InlineData(AutoscalerKind.Hpa)]
    [InlineData(AutoscalerKind.Keda)]
    public void WhatTheDeployerMakes_IsKnownWithoutRendering(AutoscalerKind autoscaler)
    {
        var settings = A.Settings() with
        {
            AuthKey = AuthKey.Generated,
            Gateway = new() { Name = "shared" },
            Ingress = new() { Host = "greeter.example.com" },
            NetworkPolicy = true,
            Pod = new() { ConfigFiles = new Dictionary<string, string> { ["/etc/a"] = "a" } },
            Resources = new() { MinReplicas = 2, MaxReplicas = 4 },
            Autoscaling = new() { Autoscaler = autoscaler, PrometheusAddress = autoscaler == AutoscalerKind.Keda ? "http://prometheus:9090" : null },
            SecretEnvironment = new Dictionary<string, string> { ["KEY"] = "hunter2" },
            ServiceAccount = new() { Create = true, Role = "reader" },
        };

        var rendered = ManifestRenderer.RenderOwn(settings, new HashedSecrets(A.Salt)).Objects.Where(item => item.Id.Kind != "Namespace")
            .Select(item => $"{item.Id.Kind}{(item.Id.ApiVersion.Split('/') is [var group, _] ? $".{group}" : "")}/{item.Id.Name}").ToList();

        Assert.Empty(DeploymentEngine.Validate(settings));
        Assert.Empty(OwnObjects.Of(settings).Except(rendered));
        Assert.All(rendered, id => Assert.True(OwnObjects.Has(settings, id), id));
    }
}
