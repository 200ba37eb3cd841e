using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings;
using AspireK8sDeployer.Hosting.Steps;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

public class EngineOptionsReaderTests
{
    [Fact]
    public void WithoutAnything_NothingInTheWayIsTouched() =>
        Assert.Equal((AdoptionPolicy.Never, false, ""), Read([], _ => { }));

    [Fact]
    public void Configuration_SaysWhatMayBeDone() => Assert.Equal(
        (AdoptionPolicy.Unowned, true, "Service Job"),
        Read(["--KubernetesDeployer:k8s:Adoption=Unowned", "--KubernetesDeployer:k8s:TakeOver=true", "--KubernetesDeployer:k8s:Replacement=Service, Job"], _ => { }));

    [Fact]
    public void ACall_WinsOverConfiguration() => Assert.Equal(
        (AdoptionPolicy.All, true, "*"),
        Read(["--KubernetesDeployer:k8s:Adoption=Unowned", "--KubernetesDeployer:k8s:Replacement=Service"], deployer => deployer.WithAdoption(AdoptionPolicy.All).WithTakeOver().WithReplacement()));

    [Fact]
    public void WhatCannotBeRead_IsAMistake()
    {
        var errors = new List<SettingsError>();
        EngineOptionsReader.Read(Deployer(["--KubernetesDeployer:k8s:Adoption=Sometimes"], _ => { }), new DeploymentEngineOptions(), errors);

        Assert.Equal([new SettingsError("KubernetesDeployer:k8s:Adoption", "is \"Sometimes\", which cannot be read", "give one of Never, Unowned, All")], errors);
    }

    [Theory]
    [InlineData(null, "xterm", false, true)]
    [InlineData("1", "xterm", false, false)]
    [InlineData(null, "dumb", false, false)]
    [InlineData(null, "xterm", true, false)]
    public void Colors_AreForTerminalsThatWantThem(string? noColor, string term, bool isRedirected, bool colored) =>
        Assert.Equal(colored, PlanOutput.ShowsColors(name => name == "NO_COLOR" ? noColor : term, isRedirected));

    private static (AdoptionPolicy Adoption, bool TakeOver, string Replacement) Read(string[] arguments, Action<IResourceBuilder<KubernetesDeployerResource>> configure)
    {
        var options = new DeploymentEngineOptions();
        EngineOptionsReader.Read(Deployer(arguments, configure), options, []);
        return (options.Adoption, options.TakeOver, string.Join(' ', options.Replacement));
    }

    private static KubernetesDeployerResource Deployer(string[] arguments, Action<IResourceBuilder<KubernetesDeployerResource>> configure)
    {
        var deployer = TestAppHost.Create(arguments).AddKubernetesDeployer("k8s");
        configure(deployer);
        return deployer.Resource;
    }
}
