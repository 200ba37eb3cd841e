using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>How a staged deploy failed.</summary>
/// <param name="Message">What the user reads, with stable words for names and addresses.</param>
/// <param name="Reason">The name in the failure catalogue.</param>
/// <param name="Total">How long the deploy took in all.</param>
/// <param name="SinceProvable">How long it took from when the objects proved the cause; null when they were not seen to.</param>
internal sealed partial record StagedFailure(string Message, string? Reason, TimeSpan Total, TimeSpan? SinceProvable)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // Less than a lock lasts that is not renewed: all of it is skipped at once.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(18);
    private static readonly TimeSpan Heard = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<StagedFailure> PlayAsync(Space space, FailureRow row)
    {
        using var limit = new CancellationTokenSource(Patience);
        var settings = row.MayHeal ? row.Settings(space) with { DeployTimeout = Short } : row.Settings(space);
        await ApplyAsync(space, Object("v1", "Namespace", space.Name, ("metadata", new JsonObject { ["labels"] = Labels(row.NamespaceLabels) })), limit.Token);
        foreach (var obj in row.Objects)
        {
            await ApplyAsync(space, (JsonObject)obj.DeepClone(), limit.Token);
        }

        if (row.Before is { } before)
        {
            await space.Engine.DeployAsync(before(space), null, limit.Token);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var time = new HastyTime();
        var watching = ProvableAtAsync(space, row, time, ended.Token);
        var began = Stopwatch.GetTimestamp();
        using var engine = space.EngineWith(FailFast.Proof, time);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.DeployAsync(settings, null, limit.Token));
        var exit = Stopwatch.GetTimestamp();
        await ended.CancelAsync();
        var provable = await watching;
        return new StagedFailure(
            Stable(failure.Message, space), failure.Reason, Stopwatch.GetElapsedTime(began, exit), provable is { } at ? Stopwatch.GetElapsedTime(at, exit) : null);
    }

    /// <summary>Looks, beside the deploy, for the objects that prove the cause.</summary>
    private static async Task<long?> ProvableAtAsync(Space space, FailureRow row, HastyTime time, CancellationToken cancellationToken)
    {
        long? provable = null;
        try
        {
            while (true)
            {
                foreach (var kind in (ObjectKind[])[ObjectKind.Pod, ObjectKind.Event, ObjectKind.Deployment])
                {
                    var list = await space.Objects.ListAsync(kind, space.Name, ObjectSelector.All, cancellationToken);
                    if (provable is null && list.Items.Select(item => item.ToJsonString(Plain)).Any(text => row.Proof.All(part => text.Contains(part, StringComparison.Ordinal))))
                    {
                        provable = Stopwatch.GetTimestamp();
                    }
                }

                // What may yet heal is given all of its time: nobody has to sit through it.
                if (row.MayHeal && provable is { } since && Stopwatch.GetElapsedTime(since) > Heard)
                {
                    time.Skip(Short);
                    return provable;
                }

                await Task.Delay(Look, TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return provable;
        }
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Object(string version, string kind, string name, params (string Field, JsonNode Value)[] fields)
    {
        var obj = new JsonObject { ["apiVersion"] = version, ["kind"] = kind, ["metadata"] = new JsonObject() };
        foreach (var (field, value) in fields)
        {
            obj[field] = value;
        }

        obj["metadata"]!["name"] = name;
        return obj;
    }

    private static JsonObject Labels(IReadOnlyDictionary<string, string> labels) =>
        new([.. labels.Select(label => KeyValuePair.Create<string, JsonNode?>(label.Key, JsonValue.Create(label.Value)))]);

    private static Task<JsonObject> ApplyAsync(Space space, JsonObject obj, CancellationToken cancellationToken)
    {
        var (version, kind) = ((string)obj["apiVersion"]!, (string)obj["kind"]!);
        var plural = kind.ToLowerInvariant() + "s";
        var place = kind == "Namespace" ? "" : $"namespaces/{space.Name}/";
        return space.Objects.Client.SendAsync(
            new ApiRequest(HttpMethod.Patch, $"{(version.Contains('/') ? "apis" : "api")}/{version}/{place}{plural}/{obj["metadata"]!["name"]}")
            {
                Query = new Dictionary<string, string> { ["fieldManager"] = "people" },
                Body = obj,
                ContentType = "application/apply-patch+yaml",
            },
            cancellationToken);
    }

    private static string Stable(string text, Space space)
    {
        text = text.Replace(space.Registry, "REGISTRY", StringComparison.Ordinal).Replace(space.Name, "NAMESPACE", StringComparison.Ordinal);
        text = Pod().Replace(text, match => match.Groups[1].Success ? "greeter-HASH-POD" : "greeter-HASH");
        text = Address().Replace(text, "ADDRESS");
        text = Uid().Replace(text, "UID");
        text = Hook().Replace(text, "PostStartHook failed");
        text = Replicas().Replace(text, "(not all) replicas");
        return Count().Replace(text, "N");
    }

    [GeneratedRegex(@"greeter-[a-z0-9]{6,10}(?![a-z0-9])(-[a-z0-9]{5}(?![a-z0-9]))?")]
    private static partial Regex Pod();

    [GeneratedRegex(@"127\.[0-9]+\.[0-9]+\.[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    // While the container waits for something else, only the event tells of it.
    [GeneratedRegex("Exec lifecycle hook .*")]
    private static partial Regex Hook();

    // The controller may not have counted the new pod yet.
    [GeneratedRegex("[0-9]+ of [0-9]+ replicas (updated|available)")]
    private static partial Regex Replicas();

    // How often something was seen depends on when one looks.
    [GeneratedRegex(@"(?<=×)[0-9]+|(?<=\()[0-9]+(?= restarts\b)|[0-9]+(?=×)")]
    private static partial Regex Count();
}
