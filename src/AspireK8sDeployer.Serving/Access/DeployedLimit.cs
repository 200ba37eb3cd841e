using System.Globalization;
using AspireK8sDeployer.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AspireK8sDeployer.Serving.Access;

/// <summary>The limit that the deployer says, which is fitted to what a replica has, over the application's own.</summary>
internal sealed class DeployedLimit(IConfiguration configuration) : IPostConfigureOptions<PipelineOptions>
{
    public void PostConfigure(string? name, PipelineOptions options)
    {
        if (configuration[$"{PipelineEnvironment.Section}:MaxConcurrency"] is not { Length: > 0 } text)
        {
            return;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most < 1)
        {
            throw new InvalidOperationException(
                $"{PipelineEnvironment.MaxConcurrency} is '{text}', which is not a number of invocations.\n  → give a whole number from 1, such as '10'");
        }

        options.MaxConcurrency = most;
    }
}
