namespace AspireK8sDeployer.Hosting;

/// <summary>What one replica of a pipeline needs, and how many there are. What is left alone comes from configuration, else from the default.</summary>
public sealed class ResourceOptions
{
    /// <summary>Processors of one replica, for example <c>0.5</c>; request and limit alike. The default is 1.</summary>
    public SettingValue<double>? Cpu { get; set; }

    /// <summary>Memory of one replica, for example <c>512Mi</c> or <c>4GB</c>; request and limit alike. The default is <c>2GiB</c>.</summary>
    public SettingValue<string>? Memory { get; set; }

    /// <summary>Number of <c>nvidia.com/gpu</c> devices of one replica. The default is none.</summary>
    public SettingValue<int>? Gpu { get; set; }

    /// <summary>The fewest replicas; alone it fixes their number. 0 needs KEDA.</summary>
    public SettingValue<int>? MinReplicas { get; set; }

    /// <summary>The most replicas; alone it fixes their number, above <see cref="MinReplicas"/> an autoscaler chooses in between.</summary>
    public SettingValue<int>? MaxReplicas { get; set; }
}
