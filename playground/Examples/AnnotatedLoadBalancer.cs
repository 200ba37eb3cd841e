using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>What a cloud's load balancer is told by annotations, here AWS: a network load balancer inside of the VPC, sticky.</summary>
internal static class AnnotatedLoadBalancer
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("balanced")
               .WithService(s =>
               {
                   s.Type = ServiceType.LoadBalancer;
                   s.SessionAffinity = SessionAffinity.ClientIP;
                   s.Annotations["service.beta.kubernetes.io/aws-load-balancer-type"] = "nlb";
                   s.Annotations["service.beta.kubernetes.io/aws-load-balancer-internal"] = "true";
               });
}
