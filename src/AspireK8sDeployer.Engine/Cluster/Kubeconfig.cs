using k8s;
using K8SConfiguration = k8s.KubeConfigModels.K8SConfiguration;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Finds and reads the kubeconfig; what is wrong with it is said with what is right in it.</summary>
internal static class Kubeconfig
{
    /// <summary>The merged configuration, and the name of the context in it.</summary>
    public static (K8SConfiguration Configuration, string Context) Read(ClusterConnection connection)
    {
        var files = Files(connection);
        if (!files.Any(file => file.Exists))
        {
            throw new DeploymentException(
                "K8SD201", "connect", $"No kubeconfig at {string.Join(" or ", files.Select(file => file.FullName))}",
                "name one with .WithKubeconfig(\"…\"), or use .WithEmbeddedCluster()");
        }

        var configuration = Load([.. files.Where(file => file.Exists)]);
        var known = (configuration.Contexts ?? []).Select(context => context.Name).Order(StringComparer.Ordinal).ToList();
        var wanted = connection.Context ?? configuration.CurrentContext;
        if (wanted is null || !known.Contains(wanted))
        {
            var problem = string.IsNullOrEmpty(wanted)
                ? $"The kubeconfig {Described(files)} names no current context"
                : $"The kubeconfig {Described(files)} has no context '{wanted}'";
            throw new DeploymentException(
                "K8SD202", "connect", $"{problem}; it has {(known.Count == 0 ? "none" : string.Join(", ", known.Select(name => $"'{name}'")))}",
                known.Count == 0 ? "name another file with .WithKubeconfig(\"…\")" : $"choose one of them with .WithKubeContext(\"{known[0]}\")");
        }

        return (configuration, wanted);
    }

    /// <summary>The address that a context leads to, without running anything.</summary>
    public static string Server(K8SConfiguration configuration, string context)
    {
        var cluster = configuration.Contexts.First(item => item.Name == context).ContextDetails?.Cluster;
        return configuration.Clusters?.FirstOrDefault(item => item.Name == cluster)?.ClusterEndpoint?.Server ?? context;
    }

    private static List<FileInfo> Files(ClusterConnection connection)
    {
        if (connection.KubeconfigPath is { } path)
        {
            return [new FileInfo(path)];
        }

        var variable = Environment.GetEnvironmentVariable("KUBECONFIG");
        var paths = (variable ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return paths.Length > 0
            ? [.. paths.Select(item => new FileInfo(item))]
            : [new FileInfo(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config"))];
    }

    private static K8SConfiguration Load(FileInfo[] files)
    {
        try
        {
            // Several files come from KUBECONFIG alone, which KubernetesClient merges itself.
            return files.Length == 1
                ? KubernetesClientConfiguration.LoadKubeConfig(files[0])
                : KubernetesClientConfiguration.LoadKubeConfig((string?)null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Of any type: the YAML parser has many ways to stumble over a broken file.
            // The parser's own words may quote the file, and with it credentials; its position does not. That is why the failure itself is not passed on either.
            var where = failure is YamlDotNet.Core.YamlException yaml ? $"line {yaml.Start.Line} is not as it should be" : failure.GetType().Name;
            throw new DeploymentException(
                "K8SD205", "connect", $"The kubeconfig {Described(files)} cannot be read: {where}",
                "check it with 'kubectl config view', or name another with .WithKubeconfig(\"…\")");
        }
    }

    private static string Described(IReadOnlyList<FileInfo> files) => string.Join(" + ", files.Select(file => file.FullName));
}
