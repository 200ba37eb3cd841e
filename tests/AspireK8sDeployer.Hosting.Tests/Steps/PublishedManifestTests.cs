using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Steps;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public sealed class PublishedManifestTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("published").FullName;

    [Fact]
    public void ADeployment_IsAFileForEachObject_AndAKustomization()
    {
        var files = FilesOf(Settings());

        Assert.Equal(["namespace.yaml", "service.yaml", "deployment.yaml", "kustomization.yaml"], files.Keys);
        Assert.Equal(
            """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources:
            - namespace.yaml
            - service.yaml
            - deployment.yaml
            # The image, once it is built and pushed.
            images:
            - name: greeter
              newName: REPLACE_ME
              newTag: REPLACE_ME

            """,
            files["kustomization.yaml"]);
    }

    [Fact]
    public void Secrets_AreNamedButNotPublished()
    {
        var files = FilesOf(Settings() with { SecretEnvironment = new Dictionary<string, string> { ["TOKEN"] = "s3cret", ["KEY"] = "hidden" } });

        Assert.Equal(["namespace.yaml", "service.yaml", "deployment.yaml", ".env.example", ".gitignore", "kustomization.yaml"], files.Keys);
        Assert.Equal("KEY=\nTOKEN=\n", files[".env.example"]);
        Assert.DoesNotContain(files.Values, content => content.Contains("s3cret") || content.Contains("hidden"));
    }

    [Fact]
    public void TheSecretThatTheKustomizationMakes_IsTheOneThatTheDeploymentReads()
    {
        var files = FilesOf(Settings() with { SecretEnvironment = new Dictionary<string, string> { ["TOKEN"] = "s3cret" } });

        var name = files["kustomization.yaml"].Split("secretGenerator:\n- name: ")[1].Split('\n')[0];
        Assert.Contains($"name: {name}\n", files["deployment.yaml"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WritingAgain_RemovesWhatIsNoLongerPublished_AndNothingElse()
    {
        var token = TestContext.Current.CancellationToken;
        await PublishedManifest.WriteAsync(_directory, FilesOf(Settings()), token);
        await File.WriteAllTextAsync(Path.Combine(_directory, "mine.yaml"), "mine", token);
        var without = FilesOf(Settings()).Where(file => file.Key != "service.yaml").ToDictionary(file => file.Key, file => file.Value);

        await PublishedManifest.WriteAsync(_directory, without, token);

        Assert.Equal(
            ["deployment.yaml", "kustomization.yaml", "mine.yaml", "namespace.yaml"],
            Directory.EnumerateFiles(_directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static IReadOnlyDictionary<string, string> FilesOf(DeploymentSettings settings) =>
        PublishedManifest.Of(settings, DeploymentEngine.Render(settings));

    private static DeploymentSettings Settings() => new() { Name = "greeter", Application = "Test.AppHost", Image = "greeter" };
}
