namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>The last lines of a container's log.</summary>
internal sealed class PodLogs(ClusterObjects cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The lines, or null when there are none to be had: a log helps, its absence is no failure.</summary>
    public async Task<string?> TailAsync(string @namespace, string pod, string container, bool previous, CancellationToken cancellationToken)
    {
        using var either = new TimeLimit(Patience, cluster.Time, cancellationToken);
        var request = new ApiRequest(HttpMethod.Get, $"{ObjectKind.Pod.Path(@namespace, pod)}/log")
        {
            Query = new Dictionary<string, string>
            {
                ["container"] = container,
                ["previous"] = previous ? "true" : "false",
                ["tailLines"] = "40",
                ["limitBytes"] = "16384",
            },
        };
        try
        {
            using var response = await cluster.Client.OpenAsync(request, either.Token).ConfigureAwait(false);
            return await response.Content.ReadAsStringAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ApiFailure or HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
