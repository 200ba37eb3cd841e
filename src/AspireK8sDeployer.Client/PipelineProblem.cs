using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

/// <summary>Why a pipeline refused a request: the body of an <c>application/problem+json</c> answer.</summary>
public sealed record PipelineProblem
{
    /// <summary>The media type of a problem.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>A URI that names the kind of problem.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>The kind of problem in a few words.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    [JsonPropertyName("status")]
    public int? Status { get; init; }

    /// <summary>What was wrong with this request.</summary>
    [JsonPropertyName("detail")]
    public string? Detail { get; init; }

    /// <summary>What is wrong with each parameter, by its path (<c>name</c>, <c>address.lines[0]</c>).</summary>
    [JsonPropertyName("errors")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }
}
