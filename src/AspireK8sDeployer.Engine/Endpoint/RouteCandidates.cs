using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>The addresses that an HTTPRoute and its Gateway give a pipeline. Pure.</summary>
internal static class RouteCandidates
{
    public const string Source = "gateway";

    /// <summary>The best address first.</summary>
    /// <param name="route">The route.</param>
    /// <param name="gateway">Its Gateway; null when it may not be read, and then plain HTTP is assumed.</param>
    public static IReadOnlyList<EndpointCandidate> Of(JsonObject route, JsonObject? gateway)
    {
        var name = (string?)route["metadata"]?["name"] ?? "";
        var address = Address(gateway);
        var asked = (string?)Items(route["spec"]?["hostnames"]).FirstOrDefault();
        var listener = Listeners(route, gateway, asked).OrderBy(item => IsTls(item) ? 0 : 1).FirstOrDefault();
        var host = (asked ?? (string?)listener?["hostname"]) is { } named ? IngressCandidates.Example(named, name) : address;
        if (host is null)
        {
            return [];
        }

        var isTls = listener is not null && IsTls(listener);
        var path = ((string?)Objects(Objects(route["spec"]?["rules"]).FirstOrDefault()?["matches"]).FirstOrDefault()?["path"]?["value"] ?? "/").TrimEnd('/') + "/";
        var url = new UriBuilder(isTls ? "https" : "http", host, (int?)listener?["port"] ?? 80, path).Uri;
        return [new EndpointCandidate(url, Source, host == address ? null : address)];
    }

    public static string? Address(JsonObject? gateway) => (string?)Objects(gateway?["status"]?["addresses"]).FirstOrDefault()?["value"];

    /// <summary>Why the Gateway does not take the route, when it says so.</summary>
    public static string? Refusal(JsonObject route) => RouteRules.Of(route, servicesAreReady: true).Cause is { Code: "ROUTE_NOT_ACCEPTED" or "ROUTE_REFS" } cause
        ? $"{cause.Problem} ({cause.Code}): {cause.Fix}"
        : null;

    private static IEnumerable<JsonObject> Listeners(JsonObject route, JsonObject? gateway, string? host)
    {
        var section = (string?)Objects(route["spec"]?["parentRefs"]).FirstOrDefault()?["sectionName"];
        return Objects(gateway?["spec"]?["listeners"]).Where(listener =>
            (section is null || (string?)listener["name"] == section)
            && (string?)listener["protocol"] is "HTTP" or "HTTPS"
            && Covers((string?)listener["hostname"], host));
    }

    private static bool Covers(string? listener, string? host) =>
        listener is null || host is null || listener == host
        || (listener.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(listener[1..], StringComparison.Ordinal));

    private static bool IsTls(JsonObject listener) => (string?)listener["protocol"] == "HTTPS";

    private static IEnumerable<JsonNode?> Items(JsonNode? list) => list as JsonArray ?? [];

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => Items(list).OfType<JsonObject>();
}
