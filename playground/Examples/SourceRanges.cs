using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>A load balancer that lets in private networks and this machine alone.</summary>
internal static class SourceRanges
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("fenced")
               .WithService(s =>
               {
                   s.Type = ServiceType.LoadBalancer;
                   s.LoadBalancerSourceRanges = ["10.0.0.0/8", "127.0.0.0/8"];
               });
}
