using AspireK8sDeployer.Hosting.Steps;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public sealed class AppHostCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("apphost").FullName;

    [Fact]
    public void ALaunchProfileThatDestroys_IsNamed()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "Properties"));
        File.WriteAllText(
            Path.Combine(_directory, "Properties", "launchSettings.json"),
            """
            {
              // comments and trailing commas are common here
              "profiles": {
                "run": { "commandName": "Project" },
                "gone": { "commandName": "Project", "commandLineArgs": "--operation publish --step destroy", },
              }
            }
            """);

        Assert.EndsWith(" --launch-profile gone", AppHostCommand.ToDestroy(Configuration()), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutSuchAProfile_TheStepIsNamed() =>
        Assert.EndsWith(" -- --operation publish --step destroy", AppHostCommand.ToDestroy(Configuration()), StringComparison.Ordinal);

    [Fact]
    public void UnderAspiresCli_ItIsTheClisCommand() =>
        Assert.Equal("aspire destroy", AppHostCommand.ToDestroy(Configuration(("ASPIRE_BACKCHANNEL_PATH", "/some/socket"))));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private IConfiguration Configuration(params (string Key, string Value)[] more) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("AppHost:Directory", _directory), .. more.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value))])
        .Build();
}
