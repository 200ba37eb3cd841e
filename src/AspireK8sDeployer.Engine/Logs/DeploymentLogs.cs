using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Logs;

/// <summary>Reads the logs of all pods of a deployment.</summary>
internal sealed class DeploymentLogs(ClusterObjects cluster)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly LogStream _logs = new(cluster);

    public IAsyncEnumerable<LogLine> ReadAsync(DeploymentIdentity deployment, LogOptions options, CancellationToken cancellationToken) =>
        options.Follow && !options.Previous ? FollowAsync(deployment, options, cancellationToken) : ReadOnceAsync(deployment, options, cancellationToken);

    private async IAsyncEnumerable<LogLine> ReadOnceAsync(DeploymentIdentity deployment, LogOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = LogStream.Query(follow: false, options.Previous, options.Tail, options.Since);
        foreach (var (pod, container, _) in await SomeAsync(deployment, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var line in _logs.ReadAsync(deployment.Namespace, pod, container, query, cancellationToken).ConfigureAwait(false))
            {
                yield return new LogLine(pod, container, line);
            }
        }
    }

    // All at once, and those that come later: a container is read again when it was restarted.
    private async IAsyncEnumerable<LogLine> FollowAsync(DeploymentIdentity deployment, LogOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = await SomeAsync(deployment, cancellationToken).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = Channel.CreateBounded<LogLine>(1000);
        var following = FollowAllAsync(deployment, options, first, lines.Writer, ended.Token);
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return line;
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await following.ConfigureAwait(false);
        }
    }

    private async Task FollowAllAsync(
        DeploymentIdentity deployment, LogOptions options, IReadOnlyList<Instance> first, ChannelWriter<LogLine> lines, CancellationToken cancellationToken)
    {
        var readers = new Dictionary<Instance, Task>();
        try
        {
            for (var instances = first; ; instances = await InstancesAsync(deployment, cancellationToken).ConfigureAwait(false))
            {
                foreach (var instance in instances.Where(instance => !readers.ContainsKey(instance)))
                {
                    // Of what begins while we look on, every line is wanted.
                    var query = first.Contains(instance) ? LogStream.Query(follow: true, previous: false, options.Tail, options.Since) : LogStream.Query(follow: true, previous: false, null, null);
                    readers[instance] = FollowAsync(deployment, instance, query, lines, cancellationToken);
                }

                await Task.Delay(LookAgain, cluster.Time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(readers.Values).ConfigureAwait(false);
            lines.TryComplete();
        }
        catch (Exception failure)
        {
            // Whatever it is, the reader must hear of it.
            lines.TryComplete(ClusterErrors.Explain(failure, "logs", cluster.Server) ?? failure);
        }
    }

    private async Task FollowAsync(DeploymentIdentity deployment, Instance instance, Dictionary<string, string> query, ChannelWriter<LogLine> lines, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in _logs.ReadAsync(deployment.Namespace, instance.Pod, instance.Container, query, cancellationToken).ConfigureAwait(false))
            {
                await lines.WriteAsync(new LogLine(instance.Pod, instance.Container, line), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or ChannelClosedException)
        {
            // Nobody listens any more.
        }
        catch (Exception failure)
        {
            lines.TryComplete(failure);
        }
    }

    private async Task<IReadOnlyList<Instance>> SomeAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        try
        {
            return await InstancesAsync(deployment, cancellationToken).ConfigureAwait(false) is { Count: > 0 } found ? found : throw new DeploymentException(
                "K8SD605", "logs", $"Pipeline '{deployment.Name}' has no containers in namespace {deployment.Namespace} that have started",
                "deploy it first; why pods do not start is told by the deploy");
        }
        catch (Exception failure) when (failure is ApiFailure or ClusterUnreachableException)
        {
            throw ClusterErrors.Explain(failure, "logs", cluster.Server)!;
        }
    }

    private async Task<IReadOnlyList<Instance>> InstancesAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        var pods = await cluster.ListAsync(ObjectKind.Pod, deployment.Namespace, ObjectSelector.OfDeployment(deployment.Name), cancellationToken).ConfigureAwait(false);
        return [.. pods.Items.OrderBy(pod => (string?)pod["metadata"]?["name"], StringComparer.Ordinal).SelectMany(Of)];
    }

    private static IEnumerable<Instance> Of(JsonObject pod) =>
        PodTree.ContainerStatuses(pod)
            .Where(status => !string.IsNullOrEmpty((string?)status["containerID"]))
            .Select(status => new Instance((string)pod["metadata"]!["name"]!, (string?)status["name"] ?? "", (string?)status["containerID"] ?? ""));

    // A container that is restarted is another one, with a log of its own.
    private sealed record Instance(string Pod, string Container, string Id);
}
