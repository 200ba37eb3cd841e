using AspireK8sDeployer.Engine.Diagnose;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Diagnose;

public class SecretMaskTests
{
    private static readonly DeploymentSettings Settings = A.Settings() with
    {
        SecretEnvironment = new Dictionary<string, string> { ["DB"] = "Host=db;Password=hunter22" },
        ValuesToHide = ["hunter22", "first line of a key\nsecond line of it\nend"],
        PullCredentials = new RegistryCredentials("registry.example.com", "robot", "pull-password"),
    };

    [Theory]
    [InlineData("cannot connect with Host=db;Password=hunter22", "cannot connect with •••")]
    [InlineData("hunter22 was refused", "••• was refused")]
    [InlineData("no key: second line of it", "no key: •••")]
    [InlineData("the end", "the end")]
    [InlineData("robot:pull-password", "robot:•••")]
    public void ASecret_IsHidden_WholeAndInParts(string said, string shown) =>
        Assert.Equal(shown, SecretMask.Hide(said, SecretMask.Of(Settings)));

    [Fact]
    public void Settings_AreNeverPrintedWithTheirSecrets() => Assert.Equal($"demo/greeter ({A.Image})", Settings.ToString());

    [Fact]
    public void WhatIsToBeHidden_IsNotRendered() => Assert.Equal(
        DeploymentEngine.Render(Settings with { ValuesToHide = [] }).ToYaml(), DeploymentEngine.Render(Settings).ToYaml());
}
