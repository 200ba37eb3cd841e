using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings;
using AspireK8sDeployer.Hosting.Settings.Rows;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

/// <summary>Every option has a row, every row reaches the engine's settings, and every one of these can be set.</summary>
public class SettingRowsTests
{
    // Code alone can give a function or an object of .NET.
    private static readonly string[] CodeOnly = ["Pod.Configure", "AdditionalObjects"];

    // What a deployment is, rather than what somebody sets.
    private static readonly string[] NotSettings =
    [
        "Name", "Application", "Image", "Version", "ImageIsOurs", "PullCredentials", "Environment", "SecretEnvironment", "ValuesToHide", "Identity.Name", "Identity.Application", "Pod.Configure",

        // Read from files after the rest.
        "AdditionalResources",

        // Kubernetes allows 1 alone.
        "LivenessProbe.SuccessThreshold", "StartupProbe.SuccessThreshold",
    ];

    // Only with these is there something that the others of their groups describe.
    private static readonly Dictionary<string, string> Switches = new() { ["IngressEnabled"] = "true", ["GatewayName"] = "other", ["AuthKeyEnabled"] = "true" };

    public static TheoryData<string> Names => [.. SettingRows.Deployment.Select(row => row.Name)];

    [Fact]
    public void EveryOption_HasARow()
    {
        var options = LeavesOf(typeof(PipelineDeploymentOptions)).Except(CodeOnly).Order(StringComparer.Ordinal);

        Assert.Equal(options, SettingRows.Deployment.Select(row => row.Setting).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task EveryRow_ReachesTheEnginesSettings(string name)
    {
        if (NotSettings.Contains(name) || name is "LivenessProbeSuccessThreshold" or "StartupProbeSuccessThreshold")
        {
            return;
        }

        var row = SettingRows.Deployment.Single(row => row.Name == name);
        var switches = Switches.Where(pair => pair.Key != name).ToDictionary();

        var without = await MapAsync(switches);
        var with = await MapAsync(new Dictionary<string, string>(switches) { [SampleOf(row).Key] = SampleOf(row).Value });

        Assert.NotEqual(TextOf(without), TextOf(with));
    }

    [Fact]
    public async Task EverySettingOfTheEngine_CanBeSet()
    {
        var none = await MapAsync(Switches);
        var all = await MapAsync(SettingRows.Deployment.Select(SampleOf).ToDictionary());

        Assert.Equal([], UnchangedIn(JsonNode.Parse(TextOf(none))!.AsObject(), JsonNode.Parse(TextOf(all))!.AsObject(), "").Except(NotSettings));
    }

    private static async Task<DeploymentSettings> MapAsync(IReadOnlyDictionary<string, string> settings)
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => $"s:{pair.Key}", pair => (string?)pair.Value)).Build().GetSection("s");
        var options = new PipelineDeploymentOptions();
        var errors = new List<SettingsError>();
        SectionReader.Read(section, [], options, errors);
        await options.ResolveAsync(SettingRows.Deployment, new SettingValueReader(errors), TestContext.Current.CancellationToken);
        Assert.Empty(errors);
        return SettingsMapper.Map(options, "greeter", "application", "image");
    }

    // An example is a value, several to choose from, or key=value.
    private static KeyValuePair<string, string> SampleOf(SettingRow row) => row.Example.Split('=', 2) is [var key, var value]
        ? new(key, value)
        : new(row.Name, row.Example.Split(", ")[^1]);

    private static string TextOf(DeploymentSettings settings) => JsonSerializer.Serialize(settings);

    private static IEnumerable<string> UnchangedIn(JsonObject before, JsonObject after, string prefix)
    {
        foreach (var (name, value) in before)
        {
            if (value is JsonObject { Count: > 0 } group && after[name] is JsonObject changed)
            {
                foreach (var unchanged in UnchangedIn(group, changed, $"{prefix}{name}."))
                {
                    yield return unchanged;
                }
            }
            else if (JsonNode.DeepEquals(value, after[name]))
            {
                yield return prefix + name;
            }
        }
    }

    private static IEnumerable<string> LeavesOf(Type type, string prefix = "") => type.GetProperties().SelectMany(property =>
        property.PropertyType.Namespace == typeof(PipelineDeploymentOptions).Namespace && property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal)
            ? LeavesOf(property.PropertyType, $"{prefix}{property.Name}.")
            : [prefix + property.Name]);
}
