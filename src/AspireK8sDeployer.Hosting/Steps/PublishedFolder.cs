using AspireK8sDeployer.Engine.Publish;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>The folder of a published deployment.</summary>
internal static class PublishedFolder
{
    /// <summary>Writes the files, and removes those of an earlier publish that are no longer there. The user's own stay.</summary>
    public static void Write(string directory, PublishedDeployment deployment, CancellationToken cancellationToken)
    {
        foreach (var stale in EarlierFiles(directory).Where(name => !deployment.Files.ContainsKey(name)))
        {
            File.Delete(Path.Combine(directory, stale));
        }

        Directory.CreateDirectory(directory);
        foreach (var (name, content) in deployment.Files)
        {
            // Not asynchronously: for files as small as these, going to another thread and back costs more than writing them.
            cancellationToken.ThrowIfCancellationRequested();
            File.WriteAllText(Path.Combine(directory, name), content);
        }
    }

    /// <summary>What is left to do before the folder can be applied, to stand behind its name; empty when nothing is.</summary>
    public static string ToFillIn(PublishedDeployment deployment)
    {
        var kustomization = deployment.Files[PublishedDeployment.Kustomization];
        List<string> left =
        [
            .. kustomization.Contains(PublishedImage.Placeholder, StringComparison.Ordinal) ? new[] { "the image in kustomization.yaml" } : [],
            .. deployment.Files.ContainsKey(PublishedDeployment.SecretExample) ? new[] { ".env, from .env.example" } : [],
            .. kustomization.Contains($"={PublishedDeployment.SecretFiles}/", StringComparison.Ordinal) ? new[] { "the files under secrets/ that kustomization.yaml names" } : [],
        ];
        return left.Count == 0 ? "" : $"; fill in {string.Join(", and ", left)}";
    }

    private static List<string> EarlierFiles(string directory)
    {
        var kustomization = Path.Combine(directory, PublishedDeployment.Kustomization);
        return !File.Exists(kustomization) ? [] :
        [
            PublishedDeployment.SecretExample,
            .. File.ReadLines(kustomization)
                .SkipWhile(line => line != "resources:").Skip(1)
                .TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal))
                .Select(line => Path.GetFileName(line[2..].Trim('"'))),
        ];
    }
}
