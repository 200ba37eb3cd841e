using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>A request that fails: carries the Status that the client gets, worded as a real server words it.</summary>
internal sealed class ApiException : Exception
{
    public ApiException(int code, string reason, string message, StatusDetails? details = null)
        : base(message)
    {
        Code = code;
        Reason = reason;
        Details = details;
    }

    /// <summary>The HTTP status code.</summary>
    public int Code { get; }

    /// <summary>The machine-readable reason, such as <c>NotFound</c>; empty when the server gives none.</summary>
    public string Reason { get; }

    public StatusDetails? Details { get; }

    /// <summary>For a page of a list that has expired: where to go on, for those who do not mind an inconsistent list.</summary>
    public string? Continue { get; init; }

    public static ApiException NotFound(ResourceDefinition resource, string name) =>
        new(404, "NotFound", $"{resource.GroupResource} \"{name}\" not found", Named(resource, name));

    public static ApiException AlreadyExists(ResourceDefinition resource, string name) =>
        new(409, "AlreadyExists", $"{resource.GroupResource} \"{name}\" already exists", Named(resource, name));

    /// <summary>409: <c>Operation cannot be fulfilled on …</c>.</summary>
    public static ApiException Conflict(ResourceDefinition resource, string name, string problem) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {resource.GroupResource} \"{name}\": {problem}", Named(resource, name));

    /// <summary>409 because the object changed since it was read.</summary>
    public static ApiException Modified(ResourceDefinition resource, string name) => Conflict(
        resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiException Forbidden(ResourceDefinition resource, string name, string problem, IReadOnlyList<StatusCause>? causes = null) => new(
        403,
        "Forbidden",
        name.Length == 0
            ? $"{resource.GroupResource} is forbidden: {problem}"
            : $"{resource.GroupResource} \"{name}\" is forbidden: {problem}",
        Named(resource, name) with { Causes = causes ?? [] });

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>422 with one cause per wrong field.</summary>
    public static ApiException Invalid(ResourceDefinition resource, string name, IReadOnlyList<StatusCause> causes) =>
        Invalid(resource.Group, resource.Kind, name, causes);

    /// <summary>422 with one cause per wrong field, of a kind that need not be a row (an Eviction, a Scale).</summary>
    public static ApiException Invalid(string group, string kind, string name, IReadOnlyList<StatusCause> causes)
    {
        // A real server names each distinct problem once in the message, but keeps every cause.
        var problems = causes.Select(Text).Distinct().ToList();
        var text = problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]";
        var groupKind = group.Length == 0 ? kind : $"{kind}.{group}";
        return new(422, "Invalid", $"{groupKind} \"{name}\" is invalid: {text}", new StatusDetails(name, group, kind, causes));

        static string Text(StatusCause cause) => cause.Field is { Length: > 0 } field ? $"{field}: {cause.Message}" : cause.Message;
    }

    /// <summary>The <c>Status</c> object that is the answer's body.</summary>
    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = Continue is null ? [] : new JsonObject { ["continue"] = Continue },
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (Reason.Length > 0)
        {
            status["reason"] = Reason;
        }

        if (Details is not null)
        {
            status["details"] = Details.ToJson();
        }

        status["code"] = Code;
        return status;
    }

    private static StatusDetails Named(ResourceDefinition resource, string name) => new(name, resource.Group, resource.Plural);
}
