using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>The <c>details</c> of a Status: what the failure is about.</summary>
internal sealed record StatusDetails(string Name = "", string Group = "", string Kind = "", IReadOnlyList<StatusCause>? Causes = null)
{
    public string Uid { get; init; } = "";

    public int? RetryAfterSeconds { get; init; }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        Add("name", Name);
        Add("group", Group);
        Add("kind", Kind);
        Add("uid", Uid);
        if (Causes is { Count: > 0 })
        {
            json["causes"] = new JsonArray([.. Causes.Select(Cause)]);
        }

        if (RetryAfterSeconds is { } seconds)
        {
            json["retryAfterSeconds"] = seconds;
        }

        return json;

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                json[name] = value;
            }
        }
    }

    private static JsonObject Cause(StatusCause cause)
    {
        var json = new JsonObject();
        if (cause.Reason.Length > 0)
        {
            json["reason"] = cause.Reason;
        }

        json["message"] = cause.Message;
        if (cause.Field is { Length: > 0 } field)
        {
            json["field"] = field;
        }

        return json;
    }
}
