using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>Sends the requests of a scenario to the embedded server and collects where its answers differ.</summary>
internal sealed class Replayer(HttpClient client, ApiServer server)
{
    // More than twice what the slowest step took (6 s, for pods that start for real) with the whole suite and three busy
    // processes on two cores.
    private static readonly TimeSpan PollLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    // Placeholders are found in the text that is sent.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public HttpClient Client => client;

    public async Task<ReplayResult> ReplayAsync(Recording recording, CancellationToken ct)
    {
        var ns = "g-" + Guid.NewGuid().ToString("N")[..8];
        await PrepareAsync(ns, ct);
        var placeholders = new Placeholders(ns);
        var failures = new List<string>();
        var matching = 0;
        foreach (var step in recording.Steps)
        {
            var differences = step.IsWatch
                ? await new WatchStep(this, placeholders, step).RunAsync(ct)
                : await StepAsync(placeholders, step, ct);
            if (differences.Count == 0)
            {
                matching++;
            }
            else
            {
                failures.Add($"{step}\n    {string.Join("\n    ", differences)}");
            }
        }

        return new ReplayResult(recording.Name, matching, recording.Steps.Count, failures);
    }

    public HttpRequestMessage Request(Placeholders placeholders, RecordedStep step)
    {
        var request = new HttpRequestMessage(new HttpMethod(step.Method), new Uri(server.Address, placeholders.Fill(step.Path)));
        var identity = (string?)step.Request["as"];
        if (identity != "anonymous")
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", identity is null ? server.AdminToken : placeholders.Fill(identity));
        }

        foreach (var (name, value) in step.Request["headers"] as JsonObject ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, (string?)value);
        }

        request.Headers.UserAgent.ParseAdd("golden/1");
        if ((string?)step.Request["accept"] is { } accept)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        var body = (string?)step.Request["rawBody"] ?? step.Request["body"]?.ToJsonString(Plain);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(placeholders.Fill(body)));
            var type = (string?)step.Request["contentType"] ?? "application/json";
            if (type != "none")
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        }

        return request;
    }

    public async Task<IReadOnlyList<string>> StepAsync(Placeholders placeholders, RecordedStep step, CancellationToken ct)
    {
        var until = TimeProvider.System.GetUtcNow() + PollLimit;
        while (true)
        {
            var attempt = placeholders.Copy();
            var differences = await OnceAsync(attempt, step, ct);
            if (differences.Count == 0 || !step.Poll || TimeProvider.System.GetUtcNow() > until)
            {
                placeholders.Take(attempt);
                return differences;
            }

            await Task.Delay(PollInterval, ct);
        }
    }

    /// <summary>How status and headers differ; for an answer that has not been read yet, since reading normalises its type.</summary>
    public static List<string> Head(Placeholders placeholders, RecordedStep step, HttpResponseMessage response)
    {
        var differences = new List<string>();
        var wanted = (int)step.Response["status"]!;
        if ((int)response.StatusCode != wanted)
        {
            differences.Add($"status: expected {wanted}, but {(int)response.StatusCode}");
        }

        var expected = step.Response["headers"] as JsonObject ?? [];
        var warnings = response.Headers.TryGetValues("Warning", out var values) ? values.ToList() : [];
        var recorded = expected["warning"] is JsonArray array ? array.Select(w => (string)w!).ToList() : [];
        if (recorded.Count != warnings.Count || !recorded.Zip(warnings).All(pair => placeholders.Matches(pair.First, pair.Second)))
        {
            differences.Add($"warnings: expected [{string.Join(" | ", recorded)}], but [{string.Join(" | ", warnings)}]");
        }

        // The type that nearly every answer has is not written down each time.
        var type = (string?)expected["content-type"] ?? (step.Response["body"]?.ToString() == "" ? "" : "application/json");
        var given = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : "";
        if (given != type)
        {
            differences.Add($"content-type: expected {type}, but {given}");
        }

        return differences;
    }

    private async Task<IReadOnlyList<string>> OnceAsync(Placeholders placeholders, RecordedStep step, CancellationToken ct)
    {
        using var request = Request(placeholders, step);
        using var response = await client.SendAsync(request, ct);

        var differences = Head(placeholders, step, response);
        var text = await response.Content.ReadAsStringAsync(ct);
        if (!step.Ignore.Contains("body"))
        {
            var expected = step.Response["body"]?.DeepClone();
            var actual = Read(text, expected);
            Tolerances.Apply(step, expected, actual);
            differences.AddRange(Comparison.Compare(placeholders, expected, actual));
        }

        return differences;
    }

    private static JsonNode? Read(string text, JsonNode? expected)
    {
        try
        {
            return expected is JsonValue ? text : JsonNode.Parse(text.Length == 0 ? "null" : text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private async Task PrepareAsync(string ns, CancellationToken ct)
    {
        server.Api.Create(new V1Namespace { Metadata = new V1ObjectMeta { Name = ns } }, "golden");

        // The recorded server's namespaces hold one more ConfigMap, which counts.
        server.Api.Create(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "openshift-service-ca.crt", NamespaceProperty = ns } }, "test");
        while (server.Api.Get<V1ServiceAccount>(ns, "default") is null || server.Api.Get<V1ConfigMap>(ns, "kube-root-ca.crt") is null)
        {
            await Task.Delay(PollInterval, ct);
        }
    }
}

internal sealed record ReplayResult(string Name, int Matching, int Total, IReadOnlyList<string> Failures)
{
    public override string ToString() => $"{Matching,3}/{Total,-3} {Name}";
}
