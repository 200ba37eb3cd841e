using AspireK8sDeployer.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AspireK8sDeployer.Serving.Http;

/// <summary>Answers a request that is refused with what was wrong with it.</summary>
internal static class Problem
{
    public static Task WriteAsync(
        HttpContext context, int status, string detail, IReadOnlyDictionary<string, IReadOnlyList<string>>? errors = null)
    {
        var problem = new PipelineProblem
        {
            Type = status == StatusCodes.Status429TooManyRequests
                ? "https://www.rfc-editor.org/rfc/rfc6585#section-4"
                : $"https://www.rfc-editor.org/rfc/rfc9110#{Section(status)}",
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
            Errors = errors,
        };
        return JsonAnswer.WriteAsync(context, status, PipelineProblem.ContentType, problem, ServingJson.Plain.PipelineProblem);
    }

    private static string Section(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "section-15.5.1",
        StatusCodes.Status401Unauthorized => "section-15.5.2",
        StatusCodes.Status408RequestTimeout => "section-15.5.9",
        StatusCodes.Status413PayloadTooLarge => "section-15.5.14",
        StatusCodes.Status415UnsupportedMediaType => "section-15.5.16",
        StatusCodes.Status422UnprocessableEntity => "section-15.5.21",
        StatusCodes.Status500InternalServerError => "section-15.6.1",
        StatusCodes.Status503ServiceUnavailable => "section-15.6.4",
        _ => "section-15",
    };
}
