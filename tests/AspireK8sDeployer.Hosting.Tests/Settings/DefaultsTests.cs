using Aspire.Hosting;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

/// <summary>How settings of a deployer and of a deployment, of configuration and of code, come together.</summary>
public class DefaultsTests
{
    [Fact]
    public async Task EverySource_WinsOverThoseBefore_MemberByMember()
    {
        var settings = await TestAppHost.ResolveGreeterAsync(
            new()
            {
                ["KubernetesDeployer:k8s:IngressClass"] = "1",
                ["KubernetesDeployer:k8s:IngressHost"] = "one",
                ["KubernetesDeployer:k8s:IngressPath"] = "/1",
                ["KubernetesDeployer:k8s:IngressPathType"] = "Exact",
                ["PipelineDeployments:greeter:IngressHost"] = "three",
                ["PipelineDeployments:greeter:IngressPath"] = "/3",
            },
            deployer => deployer.WithDefaults(settings =>
            {
                settings.Ingress.ClassName = "two";
                settings.Ingress.Host = "two";
                settings.Ingress.Path = "/2";
            }),
            greeter => greeter.WithIngress(i => i.Path = "/4"));

        Assert.Equal(
            ("two", "three", "/4", IngressPathType.Exact),
            (settings.Ingress!.ClassName, settings.Ingress.Host, settings.Ingress.Path, settings.Ingress.PathType));
    }

    [Fact]
    public async Task Maps_AddUp_AndListsOfConfigurationReplace()
    {
        var settings = await TestAppHost.ResolveGreeterAsync(
            new()
            {
                ["KubernetesDeployer:k8s:Labels:a"] = "1",
                ["KubernetesDeployer:k8s:Labels:b"] = "1",
                ["PipelineDeployments:greeter:Labels:b"] = "2",
                ["PipelineDeployments:greeter:PodSettings:Tolerations:0:Key"] = "configured",
                ["PipelineDeployments:greeter:PodSettings:NodeSelectors:disk"] = "ssd",
            },
            deployer => deployer.WithDefaults(settings => settings.Pod.Tolerations.Add(new V1Toleration { Key = "deployers" })),
            greeter => greeter
                .WithObjectLabels(labels => labels["c"] = "3")
                .WithPodSettings(p => p.Tolerations.Add(new V1Toleration { Key = "added" }))
                .WithPodSettings(p => p.NodeSelectors["zone"] = "a"));

        Assert.Equal(["a=1", "b=2", "c=3"], settings.Labels.Select(label => $"{label.Key}={label.Value}").Order());
        Assert.Equal(["configured", "added"], settings.Pod.Tolerations.Select(toleration => toleration.Key));
        Assert.Equal(["disk=ssd", "zone=a"], settings.Pod.NodeSelectors.Select(selector => $"{selector.Key}={selector.Value}").Order());
    }

    [Fact]
    public async Task ASharedList_IsNotAddedToByADeployment()
    {
        List<V1Toleration> shared = [new() { Key = "shared" }];

        var settings = await TestAppHost.ResolveGreeterAsync(
            [],
            deployer => deployer.WithDefaults(settings => settings.Pod.Tolerations = shared),
            greeter => greeter.WithPodSettings(p => p.Tolerations.Add(new V1Toleration { Key = "own" })));

        Assert.Equal(["shared", "own"], settings.Pod.Tolerations.Select(toleration => toleration.Key));
        Assert.Single(shared);
    }

    [Fact]
    public async Task ADeployersIngress_IsNobodys_UntilADeploymentAsksForOne()
    {
        var settings = await TestAppHost.ResolveGreeterAsync([], deployer => deployer.WithDefaults(settings => settings.Ingress.ClassName = "nginx"), _ => { });

        Assert.Null(settings.Ingress);
    }

    [Fact]
    public async Task ADeploymentsIngress_ThatIsNotEnabled_IsAMistake()
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => TestAppHost.ResolveGreeterAsync(
            new() { ["PipelineDeployments:greeter:IngressHost"] = "greeter.example.com" }, _ => { }, _ => { }));

        Assert.EndsWith(
            """
              PipelineDeployments:greeter:IngressHost has no effect, since there is no Ingress
                → set PipelineDeployments:greeter:IngressEnabled to true, or call .WithIngress(…)
            """,
            failure.Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeyThatIsNoSetting_IsComparedWithThoseBesideIt()
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => TestAppHost.ResolveGreeterAsync(
            new() { ["PipelineDeployments:greeter:PodSettings:NodeSelector:disk"] = "ssd", ["KubernetesDeployer:k8s:PodSetings:Labels:a"] = "b" }, _ => { }, _ => { }));

        Assert.EndsWith(
            """
              KubernetesDeployer:k8s:PodSetings is not a setting
                → use PodSettings, if that is what is meant, or remove it
              PipelineDeployments:greeter:PodSettings:NodeSelector is not a setting
                → use NodeSelectors, if that is what is meant, or remove it
            """,
            failure.Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASectionOfNearlyAKnownName_IsAMistake_AndOneOfAnotherNameIsNot()
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => TestAppHost.ResolveGreeterAsync(
            new() { ["PipelineDeployments:greter:Cpu"] = "2", ["PipelineDeployments:left-out-today:Cpu"] = "2", ["KubernetesDeployer:k9s:Cpu"] = "2", ["KubernetesDeployer:staging:Cpu"] = "2" }, _ => { }, _ => { }));

        Assert.EndsWith(
            """
            2 settings that are wrong:
              PipelineDeployments:greter is no pipeline deployment of the AppHost
                → use PipelineDeployments:greeter, if that is what is meant, or remove it
              KubernetesDeployer:k9s is no deployer of the AppHost
                → use KubernetesDeployer:k8s, if that is what is meant, or remove it
            """,
            failure.Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANewMetric_DoesNotKeepTheTargetOfAnother()
    {
        var settings = await TestAppHost.ResolveGreeterAsync(
            [],
            deployer => deployer.WithDefaults(settings => settings.Autoscaling.Target = 4),
            greeter => greeter.WithResources(minReplicas: 1, maxReplicas: 3).WithAutoscaling(AutoscalingMetric.Memory));

        Assert.Equal(new AutoscalingSettings { Metric = AutoscalingMetric.Memory }, settings.Autoscaling);
    }

    [Fact]
    public async Task AdditionalResources_AreReadFromTheAppHostsFolder()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{ apiVersion: v1, kind: ConfigMap, metadata: { name: more } }", TestContext.Current.CancellationToken);
        try
        {
            var settings = await TestAppHost.ResolveGreeterAsync(
                [],
                _ => { },
                greeter => greeter.WithAdditionalResources(Path.GetRelativePath(greeter.ApplicationBuilder.AppHostDirectory, file))
                    .WithAdditionalResources(new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = new V1ObjectMeta { Name = "another" } }));

            Assert.Equal(2, settings.AdditionalResources.Count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task AFileThatIsNotThere_IsAMistake()
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => TestAppHost.ResolveGreeterAsync([], _ => { }, greeter => greeter.WithAdditionalResources("/not/there.yaml")));

        Assert.Contains("greeter: AdditionalResources names the file /not/there.yaml, which is not there\n", failure.Problem, StringComparison.Ordinal);
    }
}
