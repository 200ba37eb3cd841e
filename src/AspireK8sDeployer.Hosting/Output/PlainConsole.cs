using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;

namespace AspireK8sDeployer.Hosting.Output;

/// <summary>Makes the console readable while steps run without Aspire's CLI, which otherwise is what shows them.</summary>
internal static class PlainConsole
{
    private const string BackchannelKey = "ASPIRE_BACKCHANNEL_PATH";
    private const string FormatterKey = "Logging:Console:FormatterName";

    /// <summary>Whether Aspire's CLI runs this AppHost, and so shows what steps report and asks what they ask.</summary>
    public static bool HasCli(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[BackchannelKey]);

    /// <summary>Chooses our format, unless the CLI runs us or the AppHost has chosen one.</summary>
    public static void Use(IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode
            && !HasCli(builder.Configuration)
            && string.IsNullOrEmpty(builder.Configuration[FormatterKey]))
        {
            builder.Services.AddSingleton<ConsoleFormatter, PlainConsoleFormatter>();
            builder.Services.Configure<ConsoleLoggerOptions>(options => options.FormatterName = PlainConsoleFormatter.FormatterName);
        }
    }
}
