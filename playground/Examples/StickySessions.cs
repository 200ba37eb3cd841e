using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>Two replicas, and every caller stays with one of them.</summary>
internal static class StickySessions
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("sticky")
               .WithResources(minReplicas: 2)
               .WithService(s => s.SessionAffinity = SessionAffinity.ClientIP);
}
