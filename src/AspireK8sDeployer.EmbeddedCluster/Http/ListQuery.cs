using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Selectors;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>The query of a list, watch or deletecollection, checked.</summary>
internal sealed record ListQuery(ObjectQuery Objects, long Limit, string Continue, string ResourceVersion, string Match)
{
    public bool IsWatch { get; private init; }

    /// <summary>Null when the client does not say.</summary>
    public bool? SendInitialEvents { get; private init; }

    public static ListQuery Read(ApiContext context, bool isWatch)
    {
        var query = context.Http.Request.Query;
        var labels = LabelSelector.Parse(context.Query("labelSelector"));
        var fields = FieldSelector.Parse(context.Resource, context.Query("fieldSelector"));
        var result = new ListQuery(
            new ObjectQuery(context.Resource.Namespaced && context.Namespace.Length > 0 ? context.Namespace : null, labels, fields),
            context.Number("limit") ?? 0,
            context.Query("continue") ?? "",
            context.Query("resourceVersion") ?? "",
            context.Query("resourceVersionMatch") ?? "")
        {
            IsWatch = isWatch,
            SendInitialEvents = query.ContainsKey("sendInitialEvents") ? context.Flag("sendInitialEvents") : null,
        };
        result.Check();
        return result;
    }

    public static string InvalidVersion(string text) =>
        $"resourceVersion: Invalid value: {ServerText.Quote(text)}: strconv.ParseUint: parsing {ServerText.Quote(text)}: invalid syntax";

    /// <summary>A version that is still to come cannot be answered from.</summary>
    public static void RequireReached(ObjectStore store, long version)
    {
        if (version > store.Version)
        {
            throw new ApiException(
                504,
                "Timeout",
                $"Timeout: Too large resource version: {version}, current: {store.Version}",
                new StatusDetails(Causes: [new StatusCause("ResourceVersionTooLarge", "Too large resource version")]) { RetryAfterSeconds = 1 });
        }
    }

    private void Check()
    {
        var problems = new List<StatusCause>();
        if (SendInitialEvents is not null)
        {
            CheckInitialEvents(problems);
        }
        else if (Match.Length > 0 || (IsWatch && Continue.Length > 0))
        {
            CheckMatch(problems);
        }

        if (problems.Count > 0)
        {
            throw ApiException.Invalid("meta.k8s.io", "ListOptions", "", problems);
        }
    }

    private void CheckInitialEvents(List<StatusCause> problems)
    {
        if (!IsWatch)
        {
            problems.Add(new StatusCause("FieldValueForbidden", "Forbidden: sendInitialEvents is forbidden for list", "sendInitialEvents"));
        }
        else if (Match != "NotOlderThan")
        {
            problems.Add(new StatusCause(
                "FieldValueForbidden", "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan", "resourceVersionMatch"));
            if (Match.Length > 0)
            {
                problems.Add(new StatusCause(
                    "FieldValueNotSupported", $"Unsupported value: {ServerText.Quote(Match)}: supported values: \"NotOlderThan\"", "resourceVersionMatch"));
            }
        }

        if (Continue.Length > 0)
        {
            problems.Add(Forbidden("resourceVersionMatch is forbidden when continue is provided"));
        }
    }

    private void CheckMatch(List<StatusCause> problems)
    {
        if (IsWatch)
        {
            if (Match.Length > 0)
            {
                problems.Add(Forbidden("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
            }

            if (Continue.Length > 0)
            {
                problems.Add(Forbidden("resourceVersionMatch is forbidden when continue is provided"));
            }

            if (Match is not ("" or "NotOlderThan"))
            {
                problems.Add(new StatusCause(
                    "FieldValueNotSupported", $"Unsupported value: {ServerText.Quote(Match)}: supported values: \"NotOlderThan\"", "resourceVersionMatch"));
            }

            return;
        }

        if (ResourceVersion.Length == 0)
        {
            problems.Add(Forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided"));
        }

        if (Continue.Length > 0)
        {
            problems.Add(Forbidden("resourceVersionMatch is forbidden when continue is provided"));
        }

        if (Match is not ("Exact" or "NotOlderThan"))
        {
            problems.Add(new StatusCause(
                "FieldValueNotSupported",
                $"Unsupported value: {ServerText.Quote(Match)}: supported values: \"Exact\", \"NotOlderThan\", \"\"",
                "resourceVersionMatch"));
        }
        else if (Match == "Exact" && ResourceVersion == "0")
        {
            problems.Add(Forbidden("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }
    }

    private static StatusCause Forbidden(string problem) => new("FieldValueForbidden", $"Forbidden: {problem}", "resourceVersionMatch");
}
