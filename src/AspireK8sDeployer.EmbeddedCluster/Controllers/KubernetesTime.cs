namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>Times as Kubernetes objects hold them: whole seconds, in UTC.</summary>
internal static class KubernetesTime
{
    public static DateTime Truncate(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
