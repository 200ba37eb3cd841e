using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES002", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IDeploymentStateManager
{
    string? StateFilePath { get; }

    Task<DeploymentStateSection> AcquireSectionAsync(string sectionName, CancellationToken cancellationToken = default);

    Task SaveSectionAsync(DeploymentStateSection section, CancellationToken cancellationToken = default);

    Task DeleteSectionAsync(DeploymentStateSection section, CancellationToken cancellationToken = default);

    Task ClearAllStateAsync(CancellationToken cancellationToken = default);
}

[Experimental("ASPIREPIPELINES002", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class DeploymentStateSection(string sectionName, JsonObject? data, long version)
{
    public string SectionName { get; } = sectionName;

    public JsonObject Data { get; } = data ?? [];

    public long Version { get; set; } = version;
}
