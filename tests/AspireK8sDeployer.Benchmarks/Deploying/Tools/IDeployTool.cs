using AspireK8sDeployer.Benchmarks.Measuring;

namespace AspireK8sDeployer.Benchmarks.Deploying.Tools;

/// <summary>Somebody who deploys.</summary>
internal interface IDeployTool
{
    /// <summary>As the option names it, and namespaces do.</summary>
    string Key { get; }

    /// <summary>What is called, for the table.</summary>
    string Description { get; }

    /// <summary>Prepares what is not measured: the files that a user would have.</summary>
    Task PrepareAsync(Workload workload, string folder, CancellationToken cancellationToken);

    /// <summary>Deploys, and returns when all pods are ready.</summary>
    Task<Measurement> DeployAsync(Workload workload, string folder, ToolEnvironment environment, CancellationToken cancellationToken);
}
