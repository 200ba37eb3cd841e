using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Images;

namespace AspireK8sDeployer.Hosting.Tests.Images;

/// <summary>With the real SDK, and no container runtime.</summary>
public sealed class ImageBuilderTests : IDisposable
{
    private const string ProjectText =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <EnableSdkContainerSupport>true</EnableSdkContainerSupport>
          </PropertyGroup>
        </Project>
        """;

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
    public async Task UnchangedCode_IsTheSameImage_OnAnotherCommitOfAnotherClone()
    {
        await using var registry = await FakeRegistry.StartAsync();
        WriteClone("one", commit: new string('1', 40));
        WriteClone("two, or=2", commit: new string('2', 40));

        var first = await BuildAsync(ProjectOf("one"), registry);
        WriteClone("one", commit: new string('3', 40));
        var committed = await BuildAsync(ProjectOf("one"), registry);
        var cloned = await BuildAsync(ProjectOf("two, or=2"), registry);

        Assert.Equal((first with { WasBuilt = false }, first with { WasBuilt = false }), (committed, cloned));
    }

    [Fact]
    public async Task TwoDeploysAtOnce_PushOneImage()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var project = WriteProject("System.Console.WriteLine(1);");

        var images = await Task.WhenAll(BuildAsync(project, registry), BuildAsync(project, registry));

        Assert.Single(images.Select(image => image.Reference).Distinct());
        Assert.Single(images, image => image.WasBuilt);
    }

    [Fact]
    public async Task AFolderThatCannotBeWritten_IsNamed()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var project = WriteProject("System.Console.WriteLine(1);");
        File.WriteAllText(Path.Combine(_directory, "obj"), "a file where the folder would be");

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => BuildAsync(project, registry));

        var folder = Path.Combine(_directory, "obj", "aspire-k8s", "App");
        Assert.Equal(
            $"""
            K8SD812: App.csproj cannot be published to {folder}: {failure.InnerException!.Message}
              → let this user write to {_directory}, where the SDK builds too, and deploy again
            """,
            failure.Message);
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

    private string ProjectOf(string clone) => Path.Combine(_directory, clone, "App", "App.csproj");

    // A repository with a remote, whose commit the SDK finds, and a web project that references another one of it.
    private void WriteClone(string clone, string commit)
    {
        var root = Directory.CreateDirectory(Path.Combine(_directory, clone)).FullName;
        Directory.CreateDirectory(Path.Combine(root, ".git", "objects"));
        Directory.CreateDirectory(Path.Combine(root, ".git", "refs"));
        File.WriteAllText(Path.Combine(root, ".git", "HEAD"), commit);
        File.WriteAllText(Path.Combine(root, ".git", "config"), "[remote \"origin\"]\n\turl = https://github.com/example/app.git\n");
        Write(Path.Combine(root, "Library"), "Library.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        Write(Path.Combine(root, "Library"), "Where.cs", "public static class Where { public static string Am([System.Runtime.CompilerServices.CallerFilePath] string i = \"\") => i; }");
        Write(Path.Combine(root, "App"), "Program.cs", "System.Console.WriteLine(Where.Am());");
        Write(Path.Combine(root, "App", "wwwroot"), "page.html", "<p>Served, and described with its time.</p>");
        Write(
            Path.Combine(root, "App"), "App.csproj",
            ProjectText.Replace("NET.Sdk", "NET.Sdk.Web").Replace("</Project>", "<ItemGroup><ProjectReference Include=\"../Library/Library.csproj\" /></ItemGroup></Project>"));
    }

    private static void Write(string directory, string file, string text) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(directory).FullName, file), text);

    private string WriteProject(string code)
    {
        File.WriteAllText(Path.Combine(_directory, "Program.cs"), code);
        var project = Path.Combine(_directory, "App.csproj");
        File.WriteAllText(project, ProjectText);
        return project;
    }
}
