using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

[JsonSerializable(typeof(InvokeRequest))]
[JsonSerializable(typeof(InvokeResponse))]
[JsonSerializable(typeof(PipelineInfo))]
[JsonSerializable(typeof(PipelineProblem))]
internal sealed partial class ContractJson : JsonSerializerContext;
