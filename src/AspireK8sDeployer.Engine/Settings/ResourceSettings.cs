namespace AspireK8sDeployer.Engine.Settings;

/// <summary>What one replica of the pipeline needs, and how many of them there are.</summary>
public sealed record ResourceSettings
{
    /// <summary>Processors of one replica, for example <c>0.5</c>; request and limit alike.</summary>
    public double Cpu { get; init; } = 1;

    /// <summary>Memory of one replica, for example <c>"512Mi"</c>, <c>"4GB"</c> or <c>"1.5GiB"</c>; request and limit alike.</summary>
    public string Memory { get; init; } = "2GiB";

    /// <summary>Number of <c>nvidia.com/gpu</c> devices of one replica.</summary>
    public int? Gpu { get; init; }

    /// <summary>The fewest replicas; alone it fixes their number. 0 needs KEDA.</summary>
    public int? MinReplicas { get; init; }

    /// <summary>The most replicas; alone it fixes their number, above <see cref="MinReplicas"/> an autoscaler chooses in between.</summary>
    public int? MaxReplicas { get; init; }
}
