using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Publish;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Steps;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public sealed class PublishedFolderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("published").FullName;

    [Fact]
    public async Task WritingAgain_RemovesWhatIsNoLongerPublished_AndNothingElse()
    {
        var token = TestContext.Current.CancellationToken;
        PublishedFolder.Write(_directory, Published(Settings() with { NetworkPolicy = true, SecretEnvironment = Secrets }), token);
        await File.WriteAllTextAsync(Path.Combine(_directory, "mine.yaml"), "mine", token);
        await File.WriteAllTextAsync(Path.Combine(_directory, ".env"), "TOKEN=mine", token);

        PublishedFolder.Write(_directory, Published(Settings()), token);

        Assert.Equal(
            [".env", ".gitignore", "deployment.yaml", "kustomization.yaml", "mine.yaml", "namespace.yaml", "rbac.yaml", "service.yaml"],
            Directory.EnumerateFiles(_directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_HoldTheBytesThatWerePublished()
    {
        var published = Published(Settings() with { Environment = new Dictionary<string, string> { ["GREETING"] = "Grüße" } });

        PublishedFolder.Write(_directory, published, TestContext.Current.CancellationToken);

        Assert.All(published.Files, file => Assert.Equal(System.Text.Encoding.UTF8.GetBytes(file.Value), File.ReadAllBytes(Path.Combine(_directory, file.Key))));
    }

    [Fact]
    public void WhatIsLeftToDo_IsNamed()
    {
        var unbuilt = new PublishOptions { Image = PublishedImage.Unbuilt(null) };
        var pull = new RegistryCredentials("registry.example.com", "ada", "hidden");

        Assert.Equal("", PublishedFolder.ToFillIn(Published(Settings())));
        Assert.Equal("; fill in the image in kustomization.yaml", PublishedFolder.ToFillIn(DeploymentEngine.Publish(Settings(), unbuilt)));
        Assert.Equal(
            "; fill in .env, from .env.example, and the files under secrets/ that kustomization.yaml names",
            PublishedFolder.ToFillIn(Published(Settings() with { SecretEnvironment = Secrets, PullCredentials = pull })));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static Dictionary<string, string> Secrets => new() { ["TOKEN"] = "hidden" };

    private static PublishedDeployment Published(DeploymentSettings settings) => DeploymentEngine.Publish(settings, new PublishOptions());

    private static DeploymentSettings Settings() => new() { Name = "greeter", Application = "Test.AppHost", Image = "greeter" };
}
