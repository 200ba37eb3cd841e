using System.Text;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>
/// A deployment as files for <c>kubectl apply -k</c>: one for each object, the image by its entry in <c>kustomization.yaml</c>,
/// and secrets by a generator that reads them from a file which is not published.
/// </summary>
internal static class PublishedManifest
{
    private const string Kustomization = "kustomization.yaml";
    private const string SecretsFile = ".env";

    /// <summary>The files, by name. The same settings give the same bytes.</summary>
    public static IReadOnlyDictionary<string, string> Of(DeploymentSettings settings, RenderedManifest manifest)
    {
        var secrets = manifest.Objects.Where(item => item.Id.Kind == "Secret").ToList();
        var files = manifest.Objects.Except(secrets).ToDictionary(item => FileNameOf(item, manifest), item => item.ToYaml());
        var resources = files.Keys.ToList();
        if (secrets.Count > 0)
        {
            files[".env.example"] = string.Concat(settings.SecretEnvironment.Keys.Order(StringComparer.Ordinal).Select(key => $"{key}=\n"));
            files[".gitignore"] = $"{SecretsFile}\n";
        }

        files[Kustomization] = KustomizationOf(settings, resources, secrets);
        return files;
    }

    /// <summary>Writes the files, and removes those of an earlier publish that are no longer there.</summary>
    public static async Task WriteAsync(string directory, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        foreach (var stale in EarlierResources(directory).Where(name => !files.ContainsKey(name)))
        {
            File.Delete(Path.Combine(directory, stale));
        }

        foreach (var (name, content) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, name), content, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string KustomizationOf(DeploymentSettings settings, List<string> resources, List<RenderedObject> secrets)
    {
        var text = new StringBuilder("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n");
        foreach (var resource in resources)
        {
            text.Append("- ").Append(resource).Append('\n');
        }

        text.Append("# The image, once it is built and pushed.\nimages:\n")
            .Append("- name: ").Append(settings.Image).Append("\n  newName: REPLACE_ME\n  newTag: REPLACE_ME\n");
        if (secrets.Count > 0)
        {
            text.Append("# Copy .env.example to .env and fill in the values.\nsecretGenerator:\n");
            foreach (var secret in secrets)
            {
                text.Append("- name: ").Append(secret.Id.Name).Append("\n  namespace: ").Append(secret.Id.Namespace)
                    .Append("\n  envs:\n  - ").Append(SecretsFile).Append('\n');
            }
        }

        return text.ToString();
    }

    // Kinds are unique in a slice of a deployment; where one is not, the name tells them apart.
    private static string FileNameOf(RenderedObject item, RenderedManifest manifest)
    {
        var kind = item.Id.Kind.ToLowerInvariant();
        return manifest.Objects.Count(other => other.Id.Kind == item.Id.Kind) == 1 ? $"{kind}.yaml" : $"{kind}-{item.Id.Name}.yaml";
    }

    private static List<string> EarlierResources(string directory)
    {
        var file = Path.Combine(directory, Kustomization);
        return !File.Exists(file) ? [] :
        [
            .. File.ReadLines(file)
                .SkipWhile(line => line != "resources:").Skip(1)
                .TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal))
                .Select(line => Path.GetFileName(line[2..])),
        ];
    }
}
