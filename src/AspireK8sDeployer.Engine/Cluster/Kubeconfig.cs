using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Finds and reads the kubeconfig; what is wrong with it is said with what is right in it.</summary>
internal static class Kubeconfig
{
    /// <summary>The context that the connection means, of all files that count.</summary>
    public static KubeconfigContext Read(ClusterConnection connection, Surroundings surroundings)
    {
        var files = Files(connection, surroundings);
        var present = files.Where(file => file.Exists).ToList();
        if (present.Count == 0)
        {
            throw new DeploymentException(
                "K8SD201", "connect", $"No kubeconfig at {string.Join(" or ", files.Select(file => file.FullName))}",
                "name one with .WithKubeconfig(\"…\"), or use .WithEmbeddedCluster()");
        }

        var described = string.Join(" + ", present.Select(file => file.FullName));
        var tree = KubeconfigFile.Merge([.. present.Select(Load)]);
        var known = tree.Objects("contexts").Select(context => context.Text("name")).OfType<string>().Order(StringComparer.Ordinal).ToList();
        var wanted = connection.Context ?? tree.Text("current-context");
        if (string.IsNullOrEmpty(wanted) || !known.Contains(wanted))
        {
            throw Unknown(described, wanted ?? "", known);
        }

        var context = Entry(tree, "contexts", "context", wanted, described) ?? [];
        var cluster = context.Text("cluster") is { Length: > 0 } clusterName
            ? Entry(tree, "clusters", "cluster", clusterName, described)
            : throw Broken(described, $"context '{wanted}' names no cluster");
        if (string.IsNullOrEmpty(cluster?.Text("server")))
        {
            throw Broken(described, $"the cluster of context '{wanted}' has no server");
        }

        // Without a user one is anonymous; what that means is for the server to say.
        var user = context.Text("user") is { Length: > 0 } userName ? Entry(tree, "users", "user", userName, described) : null;
        return new KubeconfigContext(wanted, described, cluster!, user ?? []);
    }

    public static DeploymentException Broken(string described, string problem) => new(
        "K8SD206", "connect", $"The kubeconfig {described} cannot be used: {problem}",
        "mend it, or choose another context with .WithKubeContext(\"…\")");

    private static DeploymentException Unknown(string described, string wanted, List<string> known)
    {
        var problem = wanted.Length == 0 ? $"The kubeconfig {described} names no current context" : $"The kubeconfig {described} has no context '{wanted}'";
        var nearest = NearestName.Order(wanted, known).ToList();
        return new DeploymentException(
            "K8SD202", "connect", $"{problem}; it has {(known.Count == 0 ? "none" : string.Join(", ", nearest.Select(name => $"'{name}'")))}",
            known.Count == 0 ? "name another file with .WithKubeconfig(\"…\")" : $"choose one of them with .WithKubeContext(\"{nearest[0]}\")");
    }

    private static JsonObject? Entry(JsonObject tree, string list, string member, string name, string described) =>
        tree.Objects(list).FirstOrDefault(entry => entry.Text("name") == name) is { } found
            ? found[member] as JsonObject
            : throw Broken(described, $"it has no {member} '{name}', which a context names");

    private static List<FileInfo> Files(ClusterConnection connection, Surroundings surroundings)
    {
        if (connection.KubeconfigPath is { } path)
        {
            return [new FileInfo(path)];
        }

        var variable = surroundings.Variable("KUBECONFIG");
        var paths = (variable ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return paths.Length > 0
            ? [.. paths.Distinct().Select(item => new FileInfo(item))]
            : [new FileInfo(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config"))];
    }

    private static JsonObject Load(FileInfo file)
    {
        try
        {
            return KubeconfigFile.Read(file);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Of any type: the YAML parser has many ways to stumble over a broken file.
            // The parser's own words may quote the file, and with it credentials; its position does not. That is why the failure itself is not passed on either.
            var where = failure switch
            {
                YamlDotNet.Core.YamlException yaml => $"line {yaml.Start.Line} is not as it should be",
                UnauthorizedAccessException => "this user may not read it",
                FormatException => "it is not a kubeconfig",
                _ => failure.GetType().Name,
            };
            throw new DeploymentException(
                "K8SD205", "connect", $"The kubeconfig {file.FullName} cannot be read: {where}",
                "check it with 'kubectl config view', or name another with .WithKubeconfig(\"…\")");
        }
    }
}
