using System.Globalization;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>A plan for machines. Names and values are documented in the README and stay; new ones may come.</summary>
internal static class PlanJson
{
    public static string Of(DeploymentPlan plan) => new JsonObject
    {
        ["deployment"] = plan.Deployment,
        ["namespace"] = plan.Namespace,
        ["server"] = plan.Server,
        ["hasChanges"] = plan.HasChanges,
        ["changes"] = new JsonArray([.. plan.Changes.Select(Of)]),
        ["warnings"] = new JsonArray([.. plan.Warnings.Select(warning => JsonValue.Create(warning))]),
        ["blockers"] = new JsonArray([.. plan.Blockers.Select(Of)]),
    }.ToJsonString(Render.YamlJson.Options);

    private static JsonNode Of(PlannedChange change) => new JsonObject
    {
        ["action"] = Word(change.Kind),
        ["object"] = Of(change.Id),
        ["note"] = change.Note,
        ["fields"] = new JsonArray([.. change.Fields.Select(Of)]),
    };

    private static JsonNode Of(FieldChange field)
    {
        var record = new JsonObject { ["path"] = field.Path, ["before"] = field.Before, ["after"] = field.After };
        if (field.Owner is { } owner)
        {
            record["owner"] = new JsonObject
            {
                ["manager"] = owner.Manager,
                ["since"] = owner.Since?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                ["claim"] = Word(owner.Claim),
            };
        }

        return record;
    }

    private static JsonNode Of(PlanBlocker blocker) => new JsonObject
    {
        ["object"] = Of(blocker.Id),
        ["code"] = blocker.Code,
        ["exitCode"] = ExitCodes.Of(blocker.Code, blocker.Reason),
        ["problem"] = blocker.Problem,
        ["fix"] = blocker.Fix,
    };

    private static JsonObject Of(ObjectId id) => new() { ["apiVersion"] = id.ApiVersion, ["kind"] = id.Kind, ["namespace"] = id.Namespace, ["name"] = id.Name };

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
