using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Images;

namespace AspireK8sDeployer.Hosting.Tests.Images;

/// <summary>With the real SDK, and no container runtime.</summary>
public sealed class ImageBuilderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("image-builder").FullName;

    [Fact]
    public async Task AnImage_IsBuiltOnce_AndAgainWhenTheCodeChanges()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var project = WriteProject("System.Console.WriteLine(1);");

        var first = await BuildAsync(project, registry);
        var second = await BuildAsync(project, registry);
        File.WriteAllText(Path.Combine(_directory, "Program.cs"), "System.Console.WriteLine(2);");
        var third = await BuildAsync(project, registry);

        Assert.Equal((true, false, true), (first.WasBuilt, second.WasBuilt, third.WasBuilt));
        Assert.Equal(first.Reference, second.Reference);
        Assert.NotEqual(first.Reference, third.Reference);
        Assert.Equal([$"greeter:{first.Image.Reference}", $"greeter:{third.Image.Reference}"], registry.Pushed.Where(image => !image.Contains("sha256:")));
    }

    [Fact]
    public async Task CodeThatDoesNotCompile_IsExplainedByItsErrors()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var project = WriteProject("int x = \"text\";");

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => BuildAsync(project, registry));

        Assert.Equal(
            $"""
            K8SD801: App.csproj cannot be built:
                {Path.Combine(_directory, "Program.cs")}(1,9): error CS0029: Cannot implicitly convert type 'string' to 'int'
              → mend it until this succeeds, and deploy again: dotnet publish "{project}"
            """,
            failure.Message);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task<BuiltImage> BuildAsync(string project, FakeRegistry registry)
    {
        using var publisher = new ProjectPublisher(TimeProvider.System);
        using var http = new HttpClient();
        var target = new ImageTarget(registry.Host, "greeter", new ImageCredentials(FakeRegistry.User, FakeRegistry.Password), $"{registry.Host}/dotnet/empty:latest");
        return await new ImageBuilder(publisher, new ContainerRegistry(http)).BuildAsync(project, target, TestContext.Current.CancellationToken);
    }

    private string WriteProject(string code)
    {
        File.WriteAllText(Path.Combine(_directory, "Program.cs"), code);
        var project = Path.Combine(_directory, "App.csproj");
        File.WriteAllText(
            project,
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <EnableSdkContainerSupport>true</EnableSdkContainerSupport>
              </PropertyGroup>
            </Project>
            """);
        return project;
    }
}
