using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Reads the conditions of kinds that have no model here.</summary>
internal static class Conditions
{
    /// <summary>The condition, unless it is about an older specification: then nobody knows.</summary>
    public static JsonObject? Find(JsonNode? conditions, string type, long? generation) => (conditions as JsonArray ?? [])
        .OfType<JsonObject>()
        .FirstOrDefault(condition => (string?)condition["type"] == type && !((long?)condition["observedGeneration"] < generation));

    public static bool Is(JsonObject? condition, string status) => (string?)condition?["status"] == status;

    /// <summary>What the conditions that hold say.</summary>
    public static IReadOnlyList<string> Messages(JsonObject live) =>
    [
        .. (live["status"]?["conditions"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(condition => Is(condition, "True")).Select(condition => (string?)condition["message"]).OfType<string>(),
    ];

    /// <summary>Reason and message in one.</summary>
    public static string Words(JsonObject condition) => ((string?)condition["reason"], (string?)condition["message"]) switch
    {
        (var reason, null or "") => reason ?? "",
        (null or "", var message) => message,
        var (reason, message) => $"{reason}: {message}",
    };
}
