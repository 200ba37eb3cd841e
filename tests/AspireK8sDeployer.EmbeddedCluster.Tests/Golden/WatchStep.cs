using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>A step that is a watch: opened, then the requests that were made meanwhile, then its events.</summary>
internal sealed class WatchStep(Replayer replayer, Placeholders placeholders, RecordedStep step)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        using var request = replayer.Request(placeholders, step);
        using var response = await replayer.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        if (!response.IsSuccessStatusCode)
        {
            return [$"status: expected {step.Response["status"]}, but {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(ct)}"];
        }

        var differences = new List<string>();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        var events = step.Response["events"]!.AsArray();
        var during = step.During.ToList();
        for (var i = 0; i < events.Count; i++)
        {
            JsonNode? actual = null;
            try
            {
                // What the first events tell of was there before; the rest is made now, and each change waits for the one before it.
                var next = reader.ReadLineAsync(limit.Token).AsTask();
                while (during.Count > 0 && await Task.WhenAny(next, Task.Delay(100, ct)) != next)
                {
                    differences.AddRange(await replayer.StepAsync(placeholders, during[0], ct));
                    during.RemoveAt(0);
                }

                actual = await next is { } line ? JsonNode.Parse(line) : null;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                differences.Add($"event {i} did not come: {events[i]!.ToJsonString()}");
                break;
            }

            differences.AddRange(Comparison.Compare(placeholders, events[i], actual, $"event {i}"));
        }

        return differences;
    }
}
