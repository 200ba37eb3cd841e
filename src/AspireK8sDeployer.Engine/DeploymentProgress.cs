namespace AspireK8sDeployer.Engine;

/// <summary>One line of progress.</summary>
/// <param name="Deployment">The deployment's name.</param>
/// <param name="Stage">The stage: plan, apply, wait, endpoint, delete.</param>
/// <param name="Message">What happens, or what is waited for and why.</param>
public sealed record DeploymentProgress(string Deployment, string Stage, string Message);
