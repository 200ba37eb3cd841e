namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>Kubeconfigs that lead somewhere else.</summary>
internal static class KubeconfigFile
{
    /// <summary>Writes one for a server and a user, and returns its path.</summary>
    public static async Task<string> WriteAsync(string server, string user)
    {
        var path = Path.Combine(Path.GetTempPath(), $"k8sd-e2e-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(path, $$$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: elsewhere, cluster: {server: "{{{server}}}"}}]
            contexts: [{name: elsewhere, context: {cluster: elsewhere, user: somebody}}]
            users: [{name: somebody, user: {{{{user}}}}}]
            current-context: elsewhere
            """);
        return path;
    }
}
