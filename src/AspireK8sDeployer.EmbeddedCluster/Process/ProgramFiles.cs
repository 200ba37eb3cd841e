using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>
/// The program that the background process runs: a copy, named by its content. A process must not run from where a build
/// writes, which would replace the files under it.
/// </summary>
internal static class ProgramFiles
{
    private const string Name = "AspireK8sDeployer.EmbeddedCluster";

    /// <summary>How long a copy is kept for a cluster that starts with it and does not say so yet.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private static readonly string[] Frameworks =
    [
        Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "",
        Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Builder.WebApplication).Assembly.Location) ?? "",
    ];

    /// <summary>A name for the content of this version of the program.</summary>
    public static string Version { get; } = Fingerprint();

    /// <summary>Where this process's own files are; in a program that is one file there are none.</summary>
    private static string Directory => Path.GetDirectoryName(typeof(ProgramFiles).Assembly.Location) is { Length: > 0 } directory
        ? directory
        : throw new ClusterProcessException(
            "The embedded cluster cannot start its own process from a program published as a single file. Publish it without PublishSingleFile.");

    /// <summary>Copies the program, unless it is there, and returns the path of its assembly. Only under the lock of the programs.</summary>
    public static string Install(string binaries)
    {
        var target = Path.Combine(binaries, Version);
        if (!System.IO.Directory.Exists(target))
        {
            PrivateFile.CreateDirectory(binaries);
            var work = $"{target}.{Environment.ProcessId}~";
            System.IO.Directory.CreateDirectory(work);
            foreach (var file in Files())
            {
                File.Copy(file, Path.Combine(work, Path.GetFileName(file)), overwrite: true);
            }

            File.WriteAllText(Path.Combine(work, $"{Name}.runtimeconfig.json"), RuntimeConfiguration());
            Publish(work, target);
        }

        System.IO.Directory.SetLastWriteTimeUtc(target, TimeProvider.System.GetUtcNow().UtcDateTime);
        return Path.Combine(target, $"{Name}.dll");
    }

    /// <summary>Removes copies that no cluster runs any more, and what is left of copying. Only under the lock of the programs.</summary>
    public static void RemoveOthers(string binaries, IReadOnlyCollection<string> versions)
    {
        foreach (var directory in System.IO.Directory.Exists(binaries) ? System.IO.Directory.EnumerateDirectories(binaries) : [])
        {
            if (!versions.Contains(Path.GetFileName(directory)) && TimeProvider.System.GetUtcNow().UtcDateTime - System.IO.Directory.GetLastWriteTimeUtc(directory) > Grace)
            {
                Node.PodDirectories.Remove(directory);
            }
        }
    }

    private static void Publish(string work, string target)
    {
        try
        {
            System.IO.Directory.Move(work, target);
        }
        catch (IOException) when (System.IO.Directory.Exists(target))
        {
            System.IO.Directory.Delete(work, recursive: true); // somebody else was faster, with the same content
        }
    }

    /// <summary>
    /// This assembly and those that it needs, directly or not. Whatever else is beside it belongs to the program that uses
    /// it, and what a shared framework has is taken from there.
    /// </summary>
    private static List<string> Files()
    {
        var found = new List<string>();
        var pending = new Queue<string>([Name]);
        var seen = new HashSet<string>([Name]);
        while (pending.TryDequeue(out var name))
        {
            var file = Path.Combine(Directory, name + ".dll");
            if (!File.Exists(file) || Frameworks.Any(framework => File.Exists(Path.Combine(framework, name + ".dll"))))
            {
                continue;
            }

            found.Add(file);
            foreach (var reference in References(file).Where(seen.Add))
            {
                pending.Enqueue(reference);
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static List<string> References(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files())
        {
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(RuntimeConfiguration()));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>The frameworks are this machine's; the file of a library's own build is not beside it everywhere.</summary>
    private static string RuntimeConfiguration() =>
        $$"""
        {
          "runtimeOptions": {
            "tfm": "net{{Environment.Version.Major}}.0",
            "frameworks": [
              { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version.Major}}.0.0" },
              { "name": "Microsoft.AspNetCore.App", "version": "{{Environment.Version.Major}}.0.0" }
            ],
            "configProperties": {
              "System.GC.Server": false,
              "System.Globalization.Invariant": true,
              "System.Runtime.TieredPGO": false
            }
          }
        }
        """;
}
