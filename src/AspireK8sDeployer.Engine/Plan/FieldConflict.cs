using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>A field that we want one way and another manager has another way.</summary>
/// <param name="Field">The field, in the server's words.</param>
/// <param name="Manager">Who has it.</param>
/// <param name="IsApplied">Whether the manager applied it, and so would again; otherwise it once wrote it.</param>
/// <param name="Subresource">The subresource through which it was written, for example <c>scale</c>.</param>
internal sealed record FieldConflict(string Field, string Manager, bool IsApplied = false, string? Subresource = null)
{
    /// <summary>When the manager last wrote, as far as the server tells.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Where the field is; null when the manager's field set does not have it.</summary>
    public ManagedPath? Path { get; init; }

    /// <summary>Reads the conflicts that the server names, for example <c>conflict with "kubectl" with subresource "scale" using apps/v1</c>.</summary>
    public static IReadOnlyList<FieldConflict> Of(ApiFailure failure, JsonObject live) =>
        [.. failure.Causes.Where(cause => cause.Reason == "FieldManagerConflict").Select(cause => Of(cause, live)).Distinct()];

    private static FieldConflict Of(ApiCause cause, JsonObject live)
    {
        var parts = cause.Message.Split('"');
        var manager = parts.Length >= 2 ? parts[1] : cause.Message;
        var subresource = parts.Length >= 4 && parts[2].Contains("subresource", StringComparison.Ordinal) ? parts[3] : "";
        var entries = (live["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(entry => (string?)entry["manager"] == manager && ((string?)entry["subresource"] ?? "") == subresource);
        foreach (var entry in entries)
        {
            if (entry["fieldsV1"] is JsonObject fields && ManagedPath.In(fields).FirstOrDefault(path => path.ServerText == cause.Field) is { } path)
            {
                return new FieldConflict(cause.Field, manager, (string?)entry["operation"] == "Apply", subresource) { Path = path, Since = TimeOf(entry) };
            }
        }

        return new FieldConflict(cause.Field, manager, Subresource: subresource);
    }

    /// <summary>The field as plans show it, with the present value and the one to come.</summary>
    public FieldChange ToChange(JsonObject live, JsonObject desired, Masking masking, FieldClaim claim)
    {
        var owner = new FieldOwner(Manager, Since, claim);
        if (Path is null)
        {
            return new FieldChange(Field.TrimStart('.'), null, null) { Owner = owner };
        }

        // An environment variable is judged by its name, which is beside its value.
        var parent = new ManagedPath([.. Path.Steps.SkipLast(1)]);
        var mask = ValueMask.For(desired, masking).Below(parent.Find(desired) as JsonObject ?? [], parent.Find(live) as JsonObject ?? []);
        var text = Path.Text(live, desired);
        return new FieldChange(text, mask.Show(text, Path.Find(live)), mask.Show(text, Path.Find(desired))) { Owner = owner };
    }

    private static DateTimeOffset? TimeOf(JsonObject entry) =>
        DateTimeOffset.TryParse((string?)entry["time"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
