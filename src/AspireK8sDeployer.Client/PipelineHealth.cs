using System.Net;

namespace AspireK8sDeployer.Client;

/// <summary>Whether a pipeline takes invocations.</summary>
/// <param name="IsReady">Whether it does.</param>
/// <param name="StatusCode">The status of its answer.</param>
public sealed record PipelineHealth(bool IsReady, HttpStatusCode StatusCode);
