using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>What the AWS Load Balancer Controller is told by annotations. It sends requests to the pods themselves.</summary>
internal static class AlbAnnotations
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("alb")
               .WithService(s => s.Type = ServiceType.ClusterIP)
               .WithIngress("alb.example.com", i =>
               {
                   i.ClassName = "alb";
                   i.Annotations["alb.ingress.kubernetes.io/scheme"] = "internet-facing";
                   i.Annotations["alb.ingress.kubernetes.io/target-type"] = "ip";
                   i.Annotations["alb.ingress.kubernetes.io/healthcheck-path"] = "/health";
               });
}
