using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Serving.Http;

/// <summary>The body of the health endpoints' answers.</summary>
internal sealed record HealthAnswer([property: JsonPropertyName("status")] string Status);
