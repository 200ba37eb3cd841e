using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The container's environment: who it is, where it listens, then the user's variables by name, then those of other sources.</summary>
internal static class ContainerEnvironment
{
    /// <summary>ASP.NET Core's own variable; every image of it listens where this says.</summary>
    private const string HttpPorts = "ASPNETCORE_HTTP_PORTS";

    public static JsonArray Render(DeploymentSettings settings, PodLinks links)
    {
        var snapshot = PipelineSnapshot.Of(settings);
        IEnumerable<JsonNode> own =
        [
            Plain(HttpPorts, settings.Service.Port.ToString(CultureInfo.InvariantCulture)),
            Plain(PipelineEnvironment.Id, StableId.Of(settings.Identity)),
            Plain(PipelineEnvironment.Name, settings.Name),
            Plain(PipelineEnvironment.SnapshotId, snapshot.Id),
            Plain(PipelineEnvironment.SnapshotName, snapshot.Name),
            Plain(PipelineEnvironment.GracePeriodSeconds, StopTimes.AfterSignal(settings).ToString(CultureInfo.InvariantCulture)),
            .. Optional(PipelineEnvironment.PathBase, settings.ImageIsOurs ? PathBase.Of(settings) : null),
            .. Optional(PipelineEnvironment.MaxConcurrency, settings.MaxConcurrency?.ToString(CultureInfo.InvariantCulture)),
            .. Optional(PipelineEnvironment.AuthKeysPath, links.AuthKeys is null ? null : AuthSecret.FilePath),
        ];
        var plain = settings.Environment.Select(item => (item.Key, Node: Plain(item.Key, item.Value)));
        var secrets = settings.SecretEnvironment.Keys.Select(key => (Key: key, Node: FromSecret(key, links.EnvironmentSecret!)));
        var named = plain.Concat(secrets).OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => item.Node);
        // As they are given: $(NAME) in the value of one means one that stands before it.
        return new JsonArray([.. own, .. named, .. settings.Pod.Env.Select(ModelJson.Of)]);
    }

    private static IEnumerable<JsonNode> Optional(string name, string? value) => value is null ? [] : [Plain(name, value)];

    private static JsonObject Plain(string name, string value) => new() { ["name"] = name, ["value"] = Literal(value) };

    private static JsonObject FromSecret(string name, string secret) => new()
    {
        ["name"] = name,
        ["valueFrom"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = secret, ["key"] = name } },
    };

    // The kubelet replaces $(NAME) and reads $$ as one; here a value means what it says.
    private static string Literal(string value) =>
        value.Contains("$(", StringComparison.Ordinal) || value.Contains("$$", StringComparison.Ordinal)
            ? value.Replace("$", "$$", StringComparison.Ordinal)
            : value;
}
