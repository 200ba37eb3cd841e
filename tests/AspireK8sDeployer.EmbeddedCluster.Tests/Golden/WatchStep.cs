using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>
/// A step that is a watch. Events of objects that were not there before it began were made while it was open: they are made
/// again, one at a time.
/// </summary>
internal sealed class WatchStep(HttpClient client, ApiServer server, Placeholders placeholders, RecordedStep step)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        using var request = Replayer.Request(server, placeholders, step);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        if (!response.IsSuccessStatusCode)
        {
            return [$"status: expected {step.Response["status"]}, but {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(ct)}"];
        }

        var differences = new List<string>();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        var events = step.Response["events"]!.AsArray().Select(e => e!.AsObject()).ToList();
        var replay = step.Path.Contains("resourceVersion=<rv", StringComparison.Ordinal);
        for (var i = 0; i < events.Count; i++)
        {
            if (!replay)
            {
                Cause(events, i);
            }

            JsonNode? actual;
            try
            {
                actual = await reader.ReadLineAsync(limit.Token) is { } line ? JsonNode.Parse(line) : null;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                differences.Add($"event {i} did not come: {events[i].ToJsonString()}");
                break;
            }

            differences.AddRange(Comparison.Compare(placeholders, events[i], actual, $"event {i}"));
        }

        return differences;
    }

    /// <summary>Makes the change that event <paramref name="i"/> tells of, if it tells of one that has not happened.</summary>
    private void Cause(List<JsonObject> events, int i)
    {
        var type = (string)events[i]["type"]!;
        if (events[i]["object"] is not JsonObject obj || type is "ERROR" or "BOOKMARK")
        {
            return;
        }

        var filled = JsonNode.Parse(placeholders.Fill(obj.ToJsonString(Plain)))!.AsObject();
        var resource = server.Api.Resources.Kind((string)obj["apiVersion"]!, (string)obj["kind"]!);
        var metadata = filled["metadata"]!.AsObject();
        var (ns, name) = ((string?)metadata["namespace"], (string)metadata["name"]!);
        foreach (var field in (string[])["uid", "resourceVersion", "creationTimestamp", "managedFields"])
        {
            metadata.Remove(field);
        }

        var exists = server.Api.Get(resource, ns, name) is not null;
        switch (type)
        {
            case "ADDED" when !exists:
                server.Api.Create(resource, filled, "golden");
                break;
            case "MODIFIED":
                server.Api.Update(resource, filled, "golden");
                break;
            case "DELETED" when exists:
                server.Api.Delete(resource, ns, name);
                break;
        }
    }
}
