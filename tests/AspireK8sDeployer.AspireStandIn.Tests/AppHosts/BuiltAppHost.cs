using System.Diagnostics;
using System.Reflection;

namespace AspireK8sDeployer.AspireStandIn.Tests.AppHosts;

/// <summary>An AppHost with a web project, built from its sources in a directory of its own, once for all tests.</summary>
public sealed class BuiltAppHost : IAsyncLifetime
{
    private static readonly TimeSpan BuildTimeout = TimeSpan.FromMinutes(5);

    private readonly string _root = Directory.CreateTempSubdirectory("standin-").FullName;

    public string AppHostDirectory => Path.Combine(_root, "AppHost");

    public string WebProject => Path.Combine(_root, "Web.App", "Web.App.csproj");

    public async ValueTask InitializeAsync()
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "AppHosts", "Sample");
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_root, Path.GetRelativePath(sample, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var repository = typeof(BuiltAppHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value;
        await File.WriteAllTextAsync(
            Path.Combine(_root, "Repository.props"),
            $"<Project><PropertyGroup><RepositoryRoot>{repository}</RepositoryRoot></PropertyGroup></Project>");
        await BuildAsync();
    }

    public AppHostProcess Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        new(Path.Combine(AppHostDirectory, "bin", "Debug", "net10.0", "AppHost"), _root, environment, arguments);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task BuildAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["build", AppHostDirectory, "-c", "Debug", "-v:quiet", "-nologo", "-m:1", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(BuildTimeout);
        Assert.True(process.ExitCode == 0, await output + await errors);
    }
}

[CollectionDefinition(nameof(BuiltAppHost))]
public sealed class BuiltAppHostTests : ICollectionFixture<BuiltAppHost>;
