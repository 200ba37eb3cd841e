using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Pipelines;

/// <summary>
/// What a deployment remembers for the next one: <c>~/.aspire/deployments/{hash of the AppHost's path}/{environment}.json</c>, in
/// plain text, with flat keys. As in Aspire it is loaded after the command line, so that it wins over it.
/// </summary>
internal sealed class FileDeploymentState : IDeploymentStateManager
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly Dictionary<string, long> _versions = [];

    private FileDeploymentState(string path) => StateFilePath = path;

    public string? StateFilePath { get; }

    /// <summary>With <c>--clear-cache</c> nothing is loaded and nothing is kept.</summary>
    public bool IsOff { get; set; }

    public static FileDeploymentState For(string appHostPath, string environment) => new(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ".aspire",
        "deployments",
        HostArguments.PathHash(appHostPath),
        $"{environment.ToLowerInvariant()}.json"));

    public void LoadInto(ConfigurationManager configuration)
    {
        IsOff = configuration.GetValue<bool>("Pipeline:ClearCache");
        if (!IsOff && File.Exists(StateFilePath))
        {
            configuration.AddInMemoryCollection(Read().Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.ToString())));
        }
    }

    public async Task<DeploymentStateSection> AcquireSectionAsync(string sectionName, CancellationToken cancellationToken = default)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            var data = new JsonObject();
            foreach (var (key, value) in Read().Where(entry => entry.Key.StartsWith(sectionName + ":", StringComparison.Ordinal)))
            {
                Put(data, key[(sectionName.Length + 1)..].Split(':'), value);
            }

            return new DeploymentStateSection(sectionName, data, _versions.GetValueOrDefault(sectionName));
        }
        finally
        {
            _lock.Release();
        }
    }

    public Task SaveSectionAsync(DeploymentStateSection section, CancellationToken cancellationToken = default) =>
        ChangeAsync(section, state => Flatten(section.SectionName, section.Data, state), cancellationToken);

    public Task DeleteSectionAsync(DeploymentStateSection section, CancellationToken cancellationToken = default) =>
        ChangeAsync(section, _ => { }, cancellationToken);

    public async Task ClearAllStateAsync(CancellationToken cancellationToken = default)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            if (File.Exists(StateFilePath))
            {
                File.Delete(StateFilePath);
            }
        }
        finally
        {
            _lock.Release();
        }
    }

    private async Task ChangeAsync(DeploymentStateSection section, Action<JsonObject> add, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            var version = _versions.GetValueOrDefault(section.SectionName);
            if (section.Version != version)
            {
                throw new InvalidOperationException(
                    $"The section '{section.SectionName}' of the deployment state was saved by another step since it was read.");
            }

            section.Version = _versions[section.SectionName] = version + 1;
            var state = Read();
            foreach (var key in state.Select(entry => entry.Key).Where(key => IsIn(section.SectionName, key)).ToArray())
            {
                state.Remove(key);
            }

            add(state);
            await WriteAsync(state, cancellationToken);
        }
        finally
        {
            _lock.Release();
        }
    }

    private JsonObject Read() => !IsOff && File.Exists(StateFilePath)
        ? JsonNode.Parse(File.ReadAllText(StateFilePath))?.AsObject() ?? []
        : [];

    private async Task WriteAsync(JsonObject state, CancellationToken cancellationToken)
    {
        if (IsOff || StateFilePath is null)
        {
            return;
        }

        var directory = Path.GetDirectoryName(StateFilePath)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        // Written beside and moved, so that nobody reads half a file.
        var temporary = $"{StateFilePath}.{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(temporary, state.ToJsonString(Indented), cancellationToken);
        File.Move(temporary, StateFilePath, overwrite: true);
    }

    private static bool IsIn(string section, string key) => key == section || key.StartsWith(section + ":", StringComparison.Ordinal);

    private static void Flatten(string prefix, JsonObject data, JsonObject state)
    {
        foreach (var (name, value) in data)
        {
            var key = name.Length == 0 ? prefix : $"{prefix}:{name}";
            if (value is JsonObject nested)
            {
                Flatten(key, nested, state);
            }
            else
            {
                state[key] = value?.DeepClone();
            }
        }
    }

    private static void Put(JsonObject target, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path.Length == 1)
        {
            target[path[0]] = value?.DeepClone();
            return;
        }

        var nested = target[path[0]] as JsonObject ?? [];
        target[path[0]] = nested;
        Put(nested, path[1..], value);
    }
}
