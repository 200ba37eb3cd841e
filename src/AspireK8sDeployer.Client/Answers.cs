using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AspireK8sDeployer.Client;

/// <summary>Tells a pipeline's answers from refusals, and both from what something else on the way answered.</summary>
internal static class Answers
{
    private const int LongestDetail = 500;

    // A failed run answers 500 or 504 with the same body as a successful one, so the body decides, not the status.
    public static async Task<InvokeResponse> ReadResponseAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(answer, cancellationToken).ConfigureAwait(false);
        return TryParse(body, ContractJson.Default.InvokeResponse) ?? throw NotAnswered(answer, body, "the outcome of a run");
    }

    public static async Task<PipelineInfo> ReadInfoAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(answer, cancellationToken).ConfigureAwait(false);
        return (answer.IsSuccessStatusCode ? TryParse(body, ContractJson.Default.PipelineInfo) : null)
            ?? throw NotAnswered(answer, body, "the description of a pipeline");
    }

    private static PipelineClientException NotAnswered(HttpResponseMessage answer, byte[] body, string expected)
    {
        var uri = answer.RequestMessage?.RequestUri;
        return answer.IsSuccessStatusCode
            ? new PipelineAnswerException($"{uri} answered {(int)answer.StatusCode}, but not with {expected}.")
            : new PipelineRefusedException(answer.StatusCode, uri, TryParse(body, ContractJson.Default.PipelineProblem) ?? AsText(body));
    }

    private static async Task<byte[]> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        answer.Content.Headers.ContentType?.MediaType is "application/json" or PipelineProblem.ContentType
            ? await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)
            : [];

    private static T? TryParse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Pipelines in other languages have problems of other shapes; their text still says more than the status.
    private static PipelineProblem? AsText(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        return text.Length == 0 ? null : new PipelineProblem { Detail = text.Length > LongestDetail ? text[..LongestDetail] + "…" : text };
    }
}
