using System.Collections.Concurrent;
using System.Text.Json;
using AspireK8sDeployer.Engine;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>Publishes each project once, into a folder of this deploy alone beside its other build output.</summary>
internal sealed class ProjectPublisher(TimeProvider time) : IDisposable
{
    private const string Code = "K8SD801";

    // A build of the same project: an editor's, or that of a deploy that was killed and left it behind.
    private const int MostAttempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private static readonly string[] Properties =
    [
        "ContainerAppCommandInstruction", "ContainerBaseImage", "ContainerImageFormat", "ContainerRuntimeIdentifier",
        "ContainerRuntimeIdentifiers", "ContainerUser", "ContainerWorkingDirectory",
    ];

    private static readonly string[] Items =
    [
        "ContainerAppCommand", "ContainerAppCommandArgs", "ContainerDefaultArgs", "ContainerEntrypoint", "ContainerEntrypointArgs",
        "ContainerEnvironmentVariables", "ContainerLabel", "ContainerPort",
    ];

    // Labels that say when or from where, and so differ between two builds of the same thing.
    private static readonly string[] VolatileLabels =
    [
        "org.opencontainers.artifact.created", "org.opencontainers.image.base.name", "org.opencontainers.image.created",
        "org.opencontainers.image.revision",
    ];

    private readonly ConcurrentDictionary<string, Lazy<Task<PublishedProject>>> _published = new();

    private readonly ConcurrentDictionary<string, Lazy<PublishFolder>> _folders = new();

    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Builds and publishes the project, once for any number of calls.</summary>
    public Task<PublishedProject> PublishAsync(string projectPath, CancellationToken cancellationToken) =>
        _published.GetOrAdd(
            projectPath,
            path => new Lazy<Task<PublishedProject>>(() => PublishOnceAsync(path, cancellationToken))).Value;

    /// <summary>Waits for other deploys of the project that are about to push the same image.</summary>
    public Task<IDisposable> TakeTurnAsync(string projectPath, CancellationToken cancellationToken) =>
        PushTurn.TakeAsync(PublishFolder.RootOf(projectPath), time, cancellationToken);

    /// <summary>Runs the SDK alone: projects of one solution share what they reference, and two builds that write one file fail.</summary>
    public async Task<DotnetResult> RunAsync(
        string projectPath, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var directory = Path.GetDirectoryName(projectPath)!;
            var relative = Path.GetRelativePath(directory, FolderOf(projectPath));
            string[] all = ["publish", projectPath, "--configuration", "Release", $"-p:PublishDir={relative}/", .. RepeatableBuild.Arguments(projectPath), .. arguments];
            for (var attempt = 1; ; attempt++)
            {
                var result = await DotnetCommand.RunAsync(directory, all, environment, cancellationToken).ConfigureAwait(false);
                if (!result.IsInTheWayOfAnother || attempt == MostAttempts)
                {
                    return result;
                }

                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose()
    {
        foreach (var folder in _folders.Values.Where(folder => folder.IsValueCreated))
        {
            folder.Value.Dispose();
        }

        _oneAtATime.Dispose();
    }

    private async Task<PublishedProject> PublishOnceAsync(string projectPath, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-t:Publish", "-t:ComputeContainerConfig", $"-getProperty:{string.Join(',', Properties)}", $"-getItem:{string.Join(',', Items)}",
        ];
        var result = await RunAsync(projectPath, arguments, new Dictionary<string, string>(), cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw new DeploymentException(
                Code, "image", $"{Path.GetFileName(projectPath)} cannot be built:{result.Explanation()}",
                $"mend it until this succeeds, and deploy again: dotnet publish \"{projectPath}\"");
        }

        return Read(projectPath, FolderOf(projectPath), result.Output);
    }

    private string FolderOf(string projectPath) =>
        _folders.GetOrAdd(projectPath, path => new Lazy<PublishFolder>(() => PublishFolder.Create(path))).Value.Path;

    private static PublishedProject Read(string projectPath, string publishDirectory, string output)
    {
        // A target may print before the answer, which is the last JSON object of the output.
        using var answer = JsonDocument.Parse(output[Math.Max(0, output.IndexOf("{\n  \"Properties\"", StringComparison.Ordinal))..]);
        var properties = answer.RootElement.GetProperty("Properties");
        var items = answer.RootElement.GetProperty("Items");
        var values = Properties
            .Where(name => name != "ContainerBaseImage")
            .Select(name => $"{name}={properties.GetProperty(name).GetString()}")
            .Concat(Items.SelectMany(name => items.GetProperty(name).EnumerateArray().Where(IsStable).Select(item => $"{name}={Describe(item)}")));
        return new PublishedProject(projectPath, publishDirectory, properties.GetProperty("ContainerBaseImage").GetString()!, [.. values]);
    }

    private static bool IsStable(JsonElement item) => !VolatileLabels.Contains(item.GetProperty("Identity").GetString());

    private static string Describe(JsonElement item)
    {
        var text = item.GetProperty("Identity").GetString()!;
        foreach (var metadata in (string[])["Value", "Type"])
        {
            text += item.TryGetProperty(metadata, out var value) ? $";{metadata}={value.GetString()}" : "";
        }

        return text;
    }
}
