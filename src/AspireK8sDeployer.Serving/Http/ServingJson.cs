using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AspireK8sDeployer.Client;

namespace AspireK8sDeployer.Serving.Http;

[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(PipelineInfo))]
[JsonSerializable(typeof(PipelineProblem))]
internal sealed partial class ServingJson : JsonSerializerContext
{
    /// <summary>Writes for people to read: these answers are never put into a page.</summary>
    public static ServingJson Plain { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
