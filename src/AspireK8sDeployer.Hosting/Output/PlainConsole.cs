using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace AspireK8sDeployer.Hosting.Output;

/// <summary>Makes the console readable while steps run without Aspire's CLI, which otherwise is what shows them.</summary>
internal static class PlainConsole
{
    private const string BackchannelKey = "ASPIRE_BACKCHANNEL_PATH";
    private const string FormatterKey = "Logging:Console:FormatterName";

    // One for the process, as its console is: whoever writes to that comes by here from now on.
    private static readonly Lazy<LiveConsole?> Live = new(Create);

    /// <summary>Whether Aspire's CLI runs this AppHost, and so shows what steps report and asks what they ask.</summary>
    public static bool HasCli(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[BackchannelKey]);

    /// <summary>Chooses our format, unless the CLI runs us or the AppHost has chosen one; and a live display, on a terminal of our own.</summary>
    public static void Use(IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode && !HasCli(builder.Configuration) && Live.Value is { } live)
        {
            // Not by a factory: what made it would end it, and others may write to the terminal after that.
            builder.Services.TryAddSingleton(live);
        }

        if (builder.ExecutionContext.IsPublishMode
            && !HasCli(builder.Configuration)
            && string.IsNullOrEmpty(builder.Configuration[FormatterKey]))
        {
            builder.Services.AddSingleton<ConsoleFormatter, PlainConsoleFormatter>();
            builder.Services.Configure<ConsoleLoggerOptions>(options => options.FormatterName = PlainConsoleFormatter.FormatterName);
        }
    }

    private static LiveConsole? Create()
    {
        if (!Terminal.IsLive(Environment.GetEnvironmentVariable, Console.IsOutputRedirected))
        {
            return null;
        }

        // The first question for its width sets the console up, under a lock of what is its writer by then.
        _ = Terminal.Width();
        var live = new LiveConsole(Console.Out, Terminal.Width, TimeProvider.System);
        Console.SetOut(live.Writer(Console.Out));
        if (!Console.IsErrorRedirected)
        {
            Console.SetError(live.Writer(Console.Error));
        }

        return live;
    }
}
