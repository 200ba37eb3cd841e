using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>Two processors and 4 GB for each replica, and one to five of them, as many as keep the processors 70 % busy.</summary>
internal static class Autoscaled
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("autoscaled")
               .WithResources(cpu: 2, memory: "4GB", minReplicas: 1, maxReplicas: 5)
               .WithAutoscaling(AutoscalingMetric.Cpu, target: 70);
}
