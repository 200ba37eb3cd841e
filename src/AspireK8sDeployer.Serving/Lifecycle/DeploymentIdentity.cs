using AspireK8sDeployer.Client;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Serving.Lifecycle;

/// <summary>Who the deployer says that this process is. All is null when nobody deployed it.</summary>
internal sealed record DeploymentIdentity(string? Id, string? Name, string? SnapshotId, string? SnapshotName)
{
    public static DeploymentIdentity From(IConfiguration configuration)
    {
        var section = configuration.GetSection(PipelineEnvironment.Section);
        return new DeploymentIdentity(
            Given(section[nameof(Id)]), Given(section[nameof(Name)]), Given(section[nameof(SnapshotId)]), Given(section[nameof(SnapshotName)]));
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
