using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What the API answered when it did not do what was asked; parsed, never the raw body.</summary>
internal sealed partial class ApiFailure : Exception
{
    private const int LongestText = 1000;

    public ApiFailure(HttpStatusCode code, string reason, string text, IReadOnlyList<ApiCause> causes, string? subject)
        : base(text)
    {
        Code = code;
        Reason = reason;
        Causes = causes;
        Subject = subject;
    }

    public HttpStatusCode Code { get; }

    /// <summary>The Status' reason, for example <c>AlreadyExists</c>; empty when the answer was not a Status.</summary>
    public string Reason { get; }

    public IReadOnlyList<ApiCause> Causes { get; }

    public string? Subject { get; }

    /// <summary>Why the credentials were refused, where they tell.</summary>
    public Refusal? Refusal { get; init; }

    public bool IsAlreadyThere => Code == HttpStatusCode.Conflict && Reason == "AlreadyExists";

    /// <summary>The admission webhook that the server could not ask; null when that is not what went wrong.</summary>
    public string? Webhook => Code == HttpStatusCode.InternalServerError && Unasked().Match(Message) is { Success: true } match ? match.Groups[1].Value : null;

    public bool IsNotFound => Code == HttpStatusCode.NotFound;

    public bool IsFieldConflict => Code == HttpStatusCode.Conflict && Causes.Any(cause => cause.Reason == "FieldManagerConflict");

    /// <summary>The object was changed by somebody else since it was read, or is another one by now.</summary>
    public bool IsStale => Code == HttpStatusCode.Conflict && !IsAlreadyThere && !IsFieldConflict;

    public bool IsNamespaceTerminating =>
        Code == HttpStatusCode.Forbidden
        && (Causes.Any(cause => cause.Reason == "NamespaceTerminating") || Message.Contains("because it is being terminated", StringComparison.Ordinal));

    public static ApiFailure Parse(HttpStatusCode code, string body, string? subject)
    {
        if (TryParse(body) is not { } status)
        {
            // A proxy's page, or nothing: the number has to do, the text could hold anything.
            return new ApiFailure(code, "", $"the server answered {(int)code} ({code})", [], subject);
        }

        var details = status["details"] as JsonObject;
        var causes = (details?["causes"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Select(cause => new ApiCause(Text(cause["reason"]), Text(cause["field"]), Text(cause["message"])));
        return new ApiFailure(code, Text(status["reason"]), Shorten(Text(status["message"])), [.. causes], subject);
    }

    private static JsonObject? TryParse(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject status && Text(status["kind"]) == "Status" ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    // For example: failed calling webhook "a.example": failed to call webhook: Post "https://…": connection refused
    [GeneratedRegex("failed calling webhook \"([^\"]+)\"")]
    private static partial Regex Unasked();

    private static string Shorten(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
