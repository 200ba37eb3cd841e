using System.Collections.Concurrent;
using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Answers requests for the logs of this node's pods.</summary>
internal sealed class PodLogs(TimeProvider time) : IPodLogs
{
    private readonly ConcurrentDictionary<ObjectKey, PodWorker> _pods = new();

    public void Add(PodWorker worker) => _pods[ObjectKey.Of(worker.Pod)] = worker;

    public void Remove(PodWorker worker) => _pods.TryRemove(new(ObjectKey.Of(worker.Pod), worker));

    public async Task CopyAsync(string ns, string pod, string container, LogOptions options, Stream to, CancellationToken ct)
    {
        var record = _pods.TryGetValue(new ObjectKey(ns, pod), out var worker)
            ? worker.Containers.FirstOrDefault(candidate => candidate.Name == container)
            : null;
        if (record is null)
        {
            throw ApiException.BadRequest($"container \"{container}\" in pod \"{pod}\" is waiting to start: ContainerCreating");
        }

        var path = (options.Previous ? record.PreviousLogOfEndedRun : record.Log) ?? throw ApiException.BadRequest(
            options.Previous
                ? $"previous terminated container \"{container}\" in pod \"{pod}\" not found"
                : $"container \"{container}\" in pod \"{pod}\" is waiting to start: {Reason(record)}");

        var written = new LogWriter(options, to);
        var start = options.SinceTime ?? (options.SinceSeconds is { } seconds ? time.GetUtcNow() - TimeSpan.FromSeconds(seconds) : (DateTimeOffset?)null);
        var parts = 0;
        using var reader = new LogReader(LogAt(record, path)?.Open(out parts) ?? ContainerLog.Open(path));
        if (options.TailLines is { } lines)
        {
            reader.SkipToLast(lines);
        }

        var tail = new Queue<LogEntry>();
        while (reader.TryRead() is { } entry)
        {
            if (start is not null && entry.Time < start)
            {
                continue;
            }

            if (options.TailLines is not { } count)
            {
                await written.WriteAsync(entry, ct).ConfigureAwait(false);
            }
            else if (count > 0)
            {
                tail.Enqueue(entry);
                if (tail.Count > count)
                {
                    tail.Dequeue();
                }
            }
        }

        foreach (var entry in tail)
        {
            await written.WriteAsync(entry, ct).ConfigureAwait(false);
        }

        await to.FlushAsync(ct).ConfigureAwait(false);
        if (options.Follow && !options.Previous)
        {
            await FollowAsync(record, path, parts, reader, written, to, ct).ConfigureAwait(false);
        }
    }

    private static async Task FollowAsync(ContainerRecord record, string path, int parts, LogReader reader, LogWriter writer, Stream to, CancellationToken ct)
    {
        while (!writer.IsFull)
        {
            var log = LogAt(record, path);
            var grown = log?.Grown ?? Task.CompletedTask;
            var earlier = log?.EarlierParts ?? parts;
            var any = false;
            while (reader.TryRead() is { } entry)
            {
                any = true;
                await writer.WriteAsync(entry, ct).ConfigureAwait(false);
            }

            if (any)
            {
                await to.FlushAsync(ct).ConfigureAwait(false);
            }

            if (earlier != parts)
            {
                // Another file has been begun before the end of this one was read.
                reader.Append(log!.OpenLast(out parts));
                continue;
            }

            if (!any && log?.IsComplete != false)
            {
                return;
            }

            await grown.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>The log while it is written.</summary>
    private static ContainerLog? LogAt(ContainerRecord record, string path) =>
        record.Process?.Log is { } log && log.Path == path ? log : null;

    private static string Reason(ContainerRecord record) => record.State switch
    {
        ContainerState.Waiting { Reason: "ErrImagePull" or "ImagePullBackOff" } => "trying and failing to pull image",
        ContainerState.Waiting waiting => waiting.Reason,
        _ => "ContainerCreating",
    };

    /// <summary>Writes lines as the client asked for them.</summary>
    private sealed class LogWriter(LogOptions options, Stream to)
    {
        private long _left = options.LimitBytes ?? long.MaxValue;
        private bool _atLineStart = true;

        public bool IsFull => _left <= 0;

        public async Task WriteAsync(LogEntry entry, CancellationToken ct)
        {
            var prefix = options.Timestamps && _atLineStart ? entry.Timestamp + " " : "";
            var bytes = Encoding.UTF8.GetBytes(prefix + entry.Text + (entry.IsComplete ? "\n" : ""));
            _atLineStart = entry.IsComplete;
            var length = (int)Math.Min(bytes.Length, _left);
            _left -= length;
            await to.WriteAsync(bytes.AsMemory(0, length), ct).ConfigureAwait(false);
        }
    }
}
