using AspireK8sDeployer.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Serving.Lifecycle;

/// <summary>
/// The address of a pipeline for which none is configured: port 8000 in place of ASP.NET Core's 5000. A launch profile, Aspire
/// and the deployer all configure one, by ASPNETCORE_URLS or ASPNETCORE_HTTP_PORTS, and stay in charge.
/// </summary>
internal static class DefaultAddress
{
    private static readonly string[] Settings =
        [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    public static void Apply(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (Settings.Any(setting => !string.IsNullOrEmpty(configuration[setting]))
            || configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            return;
        }

        // On a developer's machine a pipeline has no business with the network around it; in a container it has no other.
        var isInContainer = configuration.GetValue<bool>("DOTNET_RUNNING_IN_CONTAINER");
        builder.WebHost.UseSetting(
            WebHostDefaults.ServerUrlsKey, $"http://{(isInContainer ? "*" : "localhost")}:{PipelineDefaults.ServicePort}");
    }
}
