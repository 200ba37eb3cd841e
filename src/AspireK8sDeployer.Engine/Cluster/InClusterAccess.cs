namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>The way from a pod to its own cluster: an address in the environment, a token and an authority in files.</summary>
internal static class InClusterAccess
{
    public static ClusterAccess Of(ClusterConnection connection, Surroundings surroundings)
    {
        if (connection is { Server: not null } or { Context: not null } or { KubeconfigPath: not null })
        {
            throw new DeploymentException(
                "K8SD207", "connect", "A connection is either that of the pod or another one, not both", "leave out .WithInClusterConfig(), or the other call");
        }

        var (host, port) = (surroundings.Variable("KUBERNETES_SERVICE_HOST"), surroundings.Variable("KUBERNETES_SERVICE_PORT"));
        if (string.IsNullOrEmpty(host) || !int.TryParse(port, out var number))
        {
            throw Absent("this process does not run in a pod (KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set)");
        }

        var token = Path.Combine(surroundings.ServiceAccountFolder, "token");
        var authority = Path.Combine(surroundings.ServiceAccountFolder, "ca.crt");
        foreach (var file in (string[])[token, authority])
        {
            if (!File.Exists(file))
            {
                throw Absent($"its pod has no {file}: 'automountServiceAccountToken: true' would mount it");
            }
        }

        return new ClusterAccess
        {
            Server = new UriBuilder("https", host, number).Uri,
            Credentials = new TokenFileCredentials(token, surroundings.Time),
            Authorities = Pem.Certificates(File.ReadAllText(authority)) ?? throw Absent($"{authority} is no certificate"),
        };
    }

    private static DeploymentException Absent(string problem) => new(
        "K8SD204", "connect", $"The in-cluster configuration was asked for, but {problem}",
        "name a cluster with .WithKubeContext(\"…\") or .WithKubeconfig(\"…\")");
}
