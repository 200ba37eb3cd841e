using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AspireK8sDeployer.Engine.Describe;
using AspireK8sDeployer.Engine.Releases;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>How deployments are doing, as a table for people or as JSON for programs. Pure.</summary>
internal static class StatusReport
{
    private static readonly string[] Head = ["NAME", "NAMESPACE", "REVISION", "READY", "AGE", "LAST", "STATE", "URL", "IMAGE"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string ToJson(IEnumerable<DeploymentDescription> descriptions) => JsonSerializer.Serialize(descriptions, Json);

    public static string ToText(IEnumerable<DeploymentDescription> descriptions, DateTimeOffset now)
    {
        List<string[]> rows = [Head, .. descriptions.Select(item => Row(item, now))];
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    private static string[] Row(DeploymentDescription item, DateTimeOffset now) =>
    [
        item.Deployment.Name,
        item.Deployment.Namespace,
        item.Revision?.ToString(CultureInfo.InvariantCulture) ?? "-",
        item.IsDeployed ? string.Create(CultureInfo.InvariantCulture, $"{item.Ready}/{item.Desired}") : "-",
        item.Created is { } created ? Age(now - created) : "-",
        item.Last is { } last ? Outcome(last) : "-",
        item.DeployedBy is { } holder ? $"{item.State} (being deployed by {holder})" : item.State,
        item.Url?.ToString() ?? "-",
        item.Image is { } image ? Short(image) : "-",
    ];

    // Twelve digits tell images apart, here and in what registries and kubectl's users show; JSON has them all.
    private static string Short(string image) =>
        image.IndexOf("@sha256:", StringComparison.Ordinal) is var at and >= 0 && image.Length > at + 20 ? image[..(at + 20)] : image;

    private static string Outcome(ReleaseInfo last) => last.Outcome switch
    {
        ReleaseOutcome.RolledBack => "rolled back",
        ReleaseOutcome.Succeeded when last.RollbackOf is not null => "rolled back",
        _ => last.Outcome.ToString().ToLowerInvariant(),
    };

    private static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays}d"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours}h"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalSeconds}s"),
    };
}
