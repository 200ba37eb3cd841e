using System.Globalization;
using AspireK8sDeployer.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AspireK8sDeployer.Serving.Lifecycle;

/// <summary>Lets the host take as long to stop as the deployer says that there is time, short of what its exit takes.</summary>
internal sealed class GracePeriod(IConfiguration configuration) : IConfigureOptions<HostOptions>
{
    private static readonly TimeSpan Exit = TimeSpan.FromSeconds(1);

    public void Configure(HostOptions options)
    {
        if (configuration[$"{PipelineEnvironment.Section}:GracePeriodSeconds"] is not { Length: > 0 } text)
        {
            return;
        }

        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            throw new InvalidOperationException(
                $"{PipelineEnvironment.GracePeriodSeconds} is '{text}', which is not a number of seconds.\n  → give a whole number, such as '30'");
        }

        var all = TimeSpan.FromSeconds(seconds);
        options.ShutdownTimeout = all > Exit * 2 ? all - Exit : all / 2;
    }
}
