namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>The program: <c>up</c>, <c>down</c>, <c>status</c>, <c>reset</c> for a cluster of its own process, <c>run</c> for that process itself.</summary>
internal static class CommandLine
{
    private const string Usage = """
        usage: embedded-cluster <command> [--name NAME]

          up       start the cluster in the background, unless it runs already
          down     stop it; its objects and images stay
          status   say whether and where it runs
          reset    stop it and remove everything in it
          run      run it here until Ctrl+C
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            LinuxOnly.Check();
            return Parse(args) is { } parsed
                ? await RunAsync(parsed.Command, parsed.Name, output).ConfigureAwait(false)
                : await FailAsync(error, Usage, exitCode: 2).ConfigureAwait(false);
        }
        catch (Exception e) when (e is PlatformNotSupportedException or ClusterProcessException or ArgumentException)
        {
            return await FailAsync(error, e.Message, exitCode: 1).ConfigureAwait(false);
        }
    }

    private static (string Command, string Name)? Parse(string[] args) => args switch
    {
        [var command] when command[0] != '-' => (command, EmbeddedClusterProcess.DefaultName),
        [var command, "--name", var name] => (command, name),
        _ => null,
    };

    private static Task<int> RunAsync(string command, string name, TextWriter output) => command switch
    {
        "up" => UpAsync(name, output),
        "down" => DownAsync(name, output),
        "status" => StatusAsync(name, output),
        "reset" => ResetAsync(name, output),
        "run" => ForegroundCluster.RunAsync(name, output),
        _ => throw new ArgumentException($"'{command}' is no command.\n\n{Usage}"),
    };

    private static async Task<int> UpAsync(string name, TextWriter output)
    {
        var cluster = await EmbeddedClusterProcess.UpAsync(name).ConfigureAwait(false);
        await DescribeAsync(cluster, output).ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> DownAsync(string name, TextWriter output)
    {
        var was = await EmbeddedClusterProcess.DownAsync(name).ConfigureAwait(false);
        await output.WriteLineAsync(was ? $"Cluster {name} is stopped." : $"Cluster {name} was not running.").ConfigureAwait(false);
        return 0;
    }

    /// <summary>As service managers have it: 0 for what runs, 3 for what does not.</summary>
    private static async Task<int> StatusAsync(string name, TextWriter output)
    {
        if (await EmbeddedClusterProcess.FindAsync(name).ConfigureAwait(false) is { } cluster)
        {
            await DescribeAsync(cluster, output).ConfigureAwait(false);
            return 0;
        }

        await output.WriteLineAsync($"Cluster {name} is not running.").ConfigureAwait(false);
        return 3;
    }

    private static async Task<int> ResetAsync(string name, TextWriter output)
    {
        var was = await EmbeddedClusterProcess.ResetAsync(name).ConfigureAwait(false);
        await output.WriteLineAsync(was ? $"Cluster {name} is removed." : $"There is no cluster {name}.").ConfigureAwait(false);
        return 0;
    }

    private static Task DescribeAsync(EmbeddedClusterInfo cluster, TextWriter output) => output.WriteLineAsync(
        $"""
        Cluster {cluster.Name} runs in process {cluster.ProcessId}.
          API server  {cluster.ApiServer}
          kubeconfig  {cluster.KubeconfigPath}
          registry    {cluster.RegistryHost}
          ingress     {cluster.IngressHttp} {cluster.IngressHttps}
          log         {cluster.LogPath}
        """);

    private static async Task<int> FailAsync(TextWriter error, string message, int exitCode)
    {
        await error.WriteLineAsync(message).ConfigureAwait(false);
        return exitCode;
    }
}
