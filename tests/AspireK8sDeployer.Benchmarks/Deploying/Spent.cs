using AspireK8sDeployer.Benchmarks.Deploying.Tools;
using AspireK8sDeployer.Benchmarks.Measuring;

namespace AspireK8sDeployer.Benchmarks.Deploying;

/// <summary>What a deploy took.</summary>
/// <param name="Time">The tool's processes, from start to exit.</param>
/// <param name="Requests">Its requests to the API server.</param>
/// <param name="Writes">Those that may change something; dry runs and questions about rights do not.</param>
/// <param name="Bytes">Of the bodies of requests and answers, as they were sent.</param>
internal sealed record Spent(Measurement Time, int Requests, int Writes, long Bytes)
{
    /// <summary>Processor time of the API server meanwhile; null when its process is not known.</summary>
    public TimeSpan? ServerCpu { get; init; }

    /// <summary>When the last Deployment was applied: from then on one waits for the controllers. Null when none was.</summary>
    public TimeSpan? Applied { get; init; }

    /// <summary>What a deploy of ours took without the start of its process.</summary>
    public OwnTimes? Inside { get; init; }
}
