using AspireK8sDeployer.EmbeddedCluster.Api;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>What every controller works with.</summary>
internal sealed record ControllerContext(IClusterApi Api, ObjectHub Hub, EventRecorder Events, TimeProvider Time, ILogger Logger)
{
    /// <summary>How long after a first failure it is tried again; twice as long each time.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(5);
}
