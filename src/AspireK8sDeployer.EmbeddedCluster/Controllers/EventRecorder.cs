using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>
/// Writes events as the real components do: what happens again is counted in the event there is, and much of one kind is
/// combined into one event.
/// </summary>
internal sealed partial class EventRecorder(IClusterApi api, TimeProvider time, ILogger<EventRecorder> logger)
{
    /// <summary>From this many different messages of one reason on, within <see cref="SimilarityWindow"/>, they share an event.</summary>
    private const int MaximumSimilar = 10;

    private static readonly TimeSpan SimilarityWindow = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Recorded> _recorded = [];
    private readonly Dictionary<string, Similar> _similar = [];

    public void Normal(EventSource source, IKubernetesObject<V1ObjectMeta> about, string reason, string message, string? fieldPath = null) =>
        Record(source, "Normal", about, reason, message, fieldPath);

    public void Warning(EventSource source, IKubernetesObject<V1ObjectMeta> about, string reason, string message, string? fieldPath = null) =>
        Record(source, "Warning", about, reason, message, fieldPath);

    /// <summary>An event of the newer form, which the scheduler writes: it has a time and an action, and no count.</summary>
    public void Scheduler(IKubernetesObject<V1ObjectMeta> about, string type, string reason, string message, string action)
    {
        var now = time.GetUtcNow();
        var evt = new JsonObject
        {
            ["apiVersion"] = "events.k8s.io/v1",
            ["kind"] = "Event",
            ["metadata"] = Metadata(about, now),
            ["eventTime"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["reportingController"] = "default-scheduler",
            ["reportingInstance"] = $"default-scheduler-{Environment.MachineName}",
            ["action"] = action,
            ["reason"] = reason,
            ["regarding"] = Reference(about, null),
            ["note"] = message,
            ["type"] = type,
        };
        Try(() => api.Create(api.Resources.Kind("events.k8s.io/v1", "Event"), evt, "kube-scheduler"), about, reason);
    }

    private void Record(EventSource source, string type, IKubernetesObject<V1ObjectMeta> about, string reason, string message, string? fieldPath)
    {
        var group = string.Join('|', source.Component, source.Host, about.Metadata.Uid, fieldPath, type, reason);
        lock (_gate)
        {
            Forget();
            var combined = Combine(group, message);
            var key = combined ? group : $"{group}|{message}";
            var text = combined ? $"(combined from similar events): {message}" : message;
            Try(() => Write(key, source, type, about, reason, text, fieldPath, combined), about, reason);
        }
    }

    private void Write(
        string key, EventSource source, string type, IKubernetesObject<V1ObjectMeta> about, string reason, string message, string? fieldPath, bool combined)
    {
        var events = api.Resources.Kind("v1", "Event");
        var now = time.GetUtcNow();
        if (_recorded.TryGetValue(key, out var earlier) && api.Get(events, earlier.Namespace, earlier.Name) is { } existing)
        {
            existing["count"] = (existing["count"]?.GetValue<int>() ?? 1) + 1;
            existing["lastTimestamp"] = Timestamp(now);
            existing["message"] = message;
            api.Update(events, existing, source.Manager);
            _recorded[key] = earlier with { At = time.GetTimestamp() };
            return;
        }

        var reference = Reference(about, fieldPath);
        var evt = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = Metadata(about, now),
            ["involvedObject"] = reference,
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = source.Host is null
                ? new JsonObject { ["component"] = source.Component }
                : new JsonObject { ["component"] = source.Component, ["host"] = source.Host },
            ["firstTimestamp"] = Timestamp(now),
            ["lastTimestamp"] = Timestamp(now),
            ["count"] = 1,
            ["type"] = type,
            ["eventTime"] = null,

            // Events that combine others lose who reports them; so they do in the real recorder.
            ["reportingComponent"] = combined ? "" : source.Component,
            ["reportingInstance"] = combined ? "" : source.Host ?? "",
        };
        var created = api.Create(events, evt, source.Manager);
        _recorded[key] = new Recorded(
            created["metadata"]!["namespace"]!.GetValue<string>(), created["metadata"]!["name"]!.GetValue<string>(), time.GetTimestamp());
    }

    private bool Combine(string group, string message)
    {
        if (!_similar.TryGetValue(group, out var similar) || time.GetElapsedTime(similar.Last) > SimilarityWindow)
        {
            similar = new Similar([]);
        }

        similar.Messages.Add(message);
        _similar[group] = similar with { Last = time.GetTimestamp() };
        return similar.Messages.Count >= MaximumSimilar;
    }

    private void Forget()
    {
        if (_recorded.Count < 4096)
        {
            return;
        }

        foreach (var key in _recorded.Where(entry => time.GetElapsedTime(entry.Value.At) > SimilarityWindow).Select(entry => entry.Key).ToArray())
        {
            _recorded.Remove(key);
        }

        foreach (var key in _similar.Where(entry => time.GetElapsedTime(entry.Value.Last) > SimilarityWindow).Select(entry => entry.Key).ToArray())
        {
            _similar.Remove(key);
        }
    }

    private JsonObject Reference(IKubernetesObject<V1ObjectMeta> about, string? fieldPath)
    {
        var resource = api.Resources.Of(about.GetType());
        var reference = new JsonObject
        {
            ["kind"] = resource.Kind,
            ["namespace"] = about.Metadata.NamespaceProperty,
            ["name"] = about.Metadata.Name,
            ["uid"] = about.Metadata.Uid,
            ["apiVersion"] = resource.ApiVersion,
            ["resourceVersion"] = about.Metadata.ResourceVersion,
            ["fieldPath"] = fieldPath,
        };
        foreach (var absent in reference.Where(entry => entry.Value is null).Select(entry => entry.Key).ToArray())
        {
            reference.Remove(absent);
        }

        return reference;
    }

    private static JsonObject Metadata(IKubernetesObject<V1ObjectMeta> about, DateTimeOffset now) => new()
    {
        // The object's name and the time in nanoseconds, made unlike any other of the same moment.
        ["name"] = $"{about.Metadata.Name}.{(now.UtcTicks * 100) + Random.Shared.Next(100):x}",
        ["namespace"] = about.Metadata.NamespaceProperty ?? "default",
    };

    private static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void Try(Action write, IKubernetesObject<V1ObjectMeta> about, string reason)
    {
        try
        {
            write();
        }
        catch (ApiException e)
        {
            // A namespace that is being deleted takes no more events; nothing else depends on one.
            LogNotRecorded(logger, reason, about.Metadata.Name, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Event {Reason} of {Object} was not recorded: {Problem}")]
    private static partial void LogNotRecorded(ILogger logger, string reason, string @object, string problem);

    private sealed record Recorded(string Namespace, string Name, long At);

    private sealed record Similar(HashSet<string> Messages, long Last = 0);
}
