using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving.Access;
using AspireK8sDeployer.Serving.Binding;
using AspireK8sDeployer.Serving.Lifecycle;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.Serving.Http;

/// <summary>Describes the pipeline and what serves it.</summary>
internal sealed class InfoEndpoint(PipelineDefinition pipeline, DeploymentIdentity deployment, RunGate gate, AuthKeys keys)
{
    private readonly PipelineDescription _pipeline = Describe(pipeline);

    public Task HandleAsync(HttpContext context)
    {
        var info = new PipelineInfo
        {
            Deployment = new DeploymentInfo { Id = deployment.Id, Name = deployment.Name ?? pipeline.Name, AuthEnabled = keys.IsAsked },
            Snapshot = new SnapshotInfo { Id = deployment.SnapshotId, Name = deployment.SnapshotName },
            Pipeline = _pipeline,
            App = new AppInfo
            {
                AppRunnerFlavor = "aspnetcore",
                InvokeUrlPath = PipelinePaths.Invoke,
                HealthUrlPath = PipelinePaths.Health,
                InfoUrlPath = PipelinePaths.Info,
            },
            TotalExecutions = gate.Finished,
            LastExecutionTime = gate.LastFinished,
            Status = HealthEndpoints.NameOf(gate.State),
            Uptime = gate.Uptime.TotalSeconds,
        };
        return JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, "application/json", info, ServingJson.Plain.PipelineInfo);
    }

    private static PipelineDescription Describe(PipelineDefinition pipeline)
    {
        var defaults = new JsonObject(pipeline.Parameters
            .Where(parameter => parameter.Default is not null)
            .Select(parameter => KeyValuePair.Create(parameter.Name.Value, JsonNode.Parse(parameter.Default!.Json))));
        return new PipelineDescription
        {
            Name = pipeline.Name,
            Parameters = ToElement(defaults),
            InputSchema = ToElement(pipeline.InputSchema),
            OutputSchema = ToElement(pipeline.OutputSchema),
        };
    }

    private static JsonElement ToElement(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
