using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Serving.Tests.Shared;

/// <summary>An answer of a served pipeline, as a test looks at it.</summary>
internal sealed record Answer(int Status, string? ContentType, JsonNode? Body)
{
    public string? Outputs => Body?["outputs"]?.ToJsonString();

    public string? Error => Body?["error"]?.GetValue<string>();

    public string? Detail => Body?["detail"]?.GetValue<string>();

    public string? RunId => Body?["metadata"]?["run_id"]?.GetValue<string>();

    public string? ParametersUsed => Body?["metadata"]?["parameters_used"]?.ToJsonString();

    /// <summary>Each wrong parameter on a line of its own.</summary>
    public string Errors => Body?["errors"] is JsonObject errors
        ? string.Join('\n', errors.Select(error => $"{error.Key}: {string.Join("; ", error.Value!.AsArray().Select(text => text!.GetValue<string>()))}"))
        : "";

    public static async Task<Answer> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new Answer(
            (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
