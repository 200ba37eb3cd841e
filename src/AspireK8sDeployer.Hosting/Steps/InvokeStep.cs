using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Invokes a deployed pipeline once, and fails when its run does.</summary>
internal static partial class InvokeStep
{
    private const string NoJson = "K8SD817";
    private const string RunFailed = "K8SD818";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer, IResource deployment)
    {
        var request = new InvokeRequest { Parameters = ParametersOf(deployment, StepInput.Of(step, deployment, "Invoke").Text("Json")) };
        var session = step.Services.GetRequiredService<DeploySession>();
        var (settings, cluster) = await session.TargetAsync(step, deployer, SettingsUse.Destroy).ConfigureAwait(false);
        var response = await cluster.Engine.InvokeAsync(settings.Of(deployment).Settings.Identity, request, step.CancellationToken).ConfigureAwait(false);
        if (!response.Success)
        {
            throw new DeploymentException(
                RunFailed, "invoke", $"The run of {deployment.Name} failed: {response.Error ?? "it gives no reason"}",
                $"see its log with 'aspire do {StepNames.Logs(deployment.Name)}'");
        }

        LogOutputs(step.Logger, deployment.Name, JsonSerializer.Serialize(response.Outputs, Readable));
    }

    internal static JsonObject ParametersOf(IResource deployment, string? json)
    {
        try
        {
            return string.IsNullOrWhiteSpace(json) ? [] : JsonNode.Parse(json) as JsonObject ?? throw new JsonException("not an object");
        }
        catch (JsonException failure)
        {
            var key = $"{DeployerKeys.SectionOf(deployment.Name)}:Invoke:Json";
            throw new DeploymentException(
                NoJson, "invoke", $"{key} is not one JSON object: {failure.Message}", $$"""write it as -- '--{{key}}={"name":"Ada"}'""", failure);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Deployment}: {Outputs}")]
    private static partial void LogOutputs(ILogger logger, string deployment, string outputs);
}
