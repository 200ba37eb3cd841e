namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>Who reports an event.</summary>
/// <param name="Component">The component, such as <c>deployment-controller</c>.</param>
/// <param name="Manager">The field manager of its writes.</param>
/// <param name="Host">The node, for the kubelet.</param>
internal sealed record EventSource(string Component, string Manager, string? Host = null);
