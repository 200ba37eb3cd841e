using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Execution;

/// <summary>What the <c>aspire</c> CLI, or a launch profile in its place, tells the AppHost.</summary>
internal static class HostArguments
{
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--step"] = "Pipeline:Step",
        ["--output-path"] = "Pipeline:OutputPath",
        ["--log-level"] = "Pipeline:LogLevel",
        ["--include-exception-details"] = "Pipeline:IncludeExceptionDetails",
        ["--clear-cache"] = "Pipeline:ClearCache",
        ["--yes"] = "Pipeline:SkipConfirmation",
    };

    // --environment comes before DOTNET_ENVIRONMENT, that before ASPIRE_ENVIRONMENT; the host itself knows but the first two.
    public static string? EnvironmentName(string[]? args)
    {
        var environment = new ConfigurationBuilder().AddCommandLine(args ?? []).Build()["environment"]
            ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        return string.IsNullOrEmpty(environment) ? Environment.GetEnvironmentVariable("ASPIRE_ENVIRONMENT") : environment;
    }

    public static void AddTo(ConfigurationManager configuration, string[]? args, AppHostProject appHost)
    {
        configuration.AddCommandLine(args ?? [], Switches);
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = appHost.Directory,
            ["AppHost:Path"] = appHost.Path,
            ["AppHost:PathSha256"] = PathHash(appHost.Path),
        });
    }

    public static DistributedApplicationOperation Operation(IConfiguration configuration) =>
        configuration["AppHost:Operation"]?.ToLowerInvariant() switch
        {
            "publish" => DistributedApplicationOperation.Publish,
            null or "" when configuration["Publishing:Publisher"] is { Length: > 0 } => DistributedApplicationOperation.Publish,
            null or "" or "run" => DistributedApplicationOperation.Run,
            var other => throw new DistributedApplicationException($"'--operation {other}' is not known. Use 'run' or 'publish'."),
        };

    public static string PathHash(string appHostPath) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(appHostPath.ToLowerInvariant())));
}
