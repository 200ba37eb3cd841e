using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// From RollingUpdate to Recreate. An apply cannot clear the defaults of a rolling update that nobody owns, and the server
/// refuses them beside Recreate: a JSON patch changes both at once before the apply.
/// </summary>
/// <param name="Body">What the server can be asked about: the object without its strategy.</param>
/// <param name="Patch">What goes before the apply.</param>
internal sealed record StrategyChange(JsonObject Body, JsonArray Patch)
{
    public static StrategyChange? Of(ObjectId id, JsonObject desired, JsonObject live)
    {
        if (id.Kind != "Deployment"
            || (string?)desired["spec"]?["strategy"]?["type"] != "Recreate"
            || live["spec"]?["strategy"]?["rollingUpdate"] is null
            || AppliedFields.OwnsField(live, "spec", "strategy", "rollingUpdate"))
        {
            return null;
        }

        var body = (JsonObject)desired.DeepClone();
        body["spec"]!.AsObject().Remove("strategy");
        var patch = new JsonArray
        {
            new JsonObject { ["op"] = "test", ["path"] = "/spec/strategy/type", ["value"] = "RollingUpdate" },
            new JsonObject { ["op"] = "replace", ["path"] = "/spec/strategy", ["value"] = new JsonObject { ["type"] = "Recreate" } },
        };
        return new StrategyChange(body, patch);
    }

    /// <summary>What there will be, of what the server says there would be without it.</summary>
    public static JsonObject After(JsonObject answer)
    {
        var after = (JsonObject)answer.DeepClone();
        after["spec"]!["strategy"] = new JsonObject { ["type"] = "Recreate" };
        return after;
    }
}
