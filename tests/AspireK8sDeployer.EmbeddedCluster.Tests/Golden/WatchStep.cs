using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>A step that is a watch: opened, then the requests that were made meanwhile, then its events.</summary>
internal sealed class WatchStep(Replayer replayer, Placeholders placeholders, RecordedStep step)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>How long nothing more may come where the recorder had read enough: what is sent twice comes at once.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        using var request = replayer.Request(placeholders, step);
        using var response = await replayer.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var differences = Replayer.Head(placeholders, step, response);
        if (!response.IsSuccessStatusCode)
        {
            return [.. differences, await response.Content.ReadAsStringAsync(ct)];
        }

        // With its headers the watch has begun: all that is done from here on are events of its own.
        foreach (var meanwhile in step.During)
        {
            differences.AddRange((await replayer.StepAsync(placeholders, meanwhile, ct)).Select(difference => $"during {meanwhile}: {difference}"));
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        differences.AddRange(await EventsAsync(reader, ct));
        return differences;
    }

    private async Task<List<string>> EventsAsync(StreamReader reader, CancellationToken ct)
    {
        var differences = new List<string>();
        var events = step.Response["events"]!.AsArray();
        for (var i = 0; i < events.Count; i++)
        {
            var line = await LineAsync(reader, Limit, ct);
            if (string.IsNullOrEmpty(line))
            {
                differences.Add($"event {i} did not come{(line is null ? " before the stream ended" : "")}: {events[i]!.ToJsonString()}");
                return differences;
            }

            var (expected, actual) = (events[i]!.DeepClone(), JsonNode.Parse(line));
            Tolerances.Apply(step, expected, actual);
            differences.AddRange(Comparison.Compare(placeholders, expected, actual, $"event {i}"));
        }

        differences.AddRange(await RestAsync(reader, ct));
        return differences;
    }

    /// <summary>
    /// What comes after the recorded events. Where the recorder waited for more than came, the stream ended and nothing may come
    /// until it does; else the recorder left, and only bookmarks, which come by the clock, may follow.
    /// </summary>
    private async Task<List<string>> RestAsync(StreamReader reader, CancellationToken ct)
    {
        var differences = new List<string>();
        var ended = step.WatchedFor > step.Response["events"]!.AsArray().Count;
        while (await LineAsync(reader, ended ? Limit : Quiet, ct) is { } line)
        {
            if (line.Length == 0)
            {
                return ended ? [.. differences, "the stream did not end"] : differences;
            }

            if (ended || (string?)JsonNode.Parse(line)!["type"] != "BOOKMARK")
            {
                differences.Add($"one event more than recorded: {line}");
            }
        }

        return differences;
    }

    /// <summary>The next line of the stream; empty when none comes in time, null at the end.</summary>
    private static async Task<string?> LineAsync(StreamReader reader, TimeSpan wait, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(wait);
        try
        {
            return await reader.ReadLineAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "";
        }
    }
}
