using System.Net;
using System.Text;

namespace AspireK8sDeployer.Client;

/// <summary>The pipeline refused a request: nothing ran.</summary>
public sealed class PipelineRefusedException : PipelineClientException
{
    internal PipelineRefusedException(HttpStatusCode statusCode, Uri? requestUri, PipelineProblem? problem)
        : base(Describe(statusCode, requestUri, problem))
    {
        StatusCode = statusCode;
        Problem = problem;
    }

    /// <summary>The status of the answer.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>What the pipeline said was wrong; null when the answer did not come from a pipeline.</summary>
    public PipelineProblem? Problem { get; }

    private static string Describe(HttpStatusCode statusCode, Uri? requestUri, PipelineProblem? problem)
    {
        var text = new StringBuilder().Append($"{requestUri} answered {(int)statusCode}");
        if ((problem?.Detail ?? problem?.Title) is { Length: > 0 } reason)
        {
            text.Append(": ").Append(reason);
        }

        foreach (var (parameter, errors) in problem?.Errors ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            text.Append($"\n  {parameter}: {string.Join("; ", errors)}");
        }

        return text.ToString();
    }
}
