using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>What Traefik is told by annotations: its entry point, and a cookie that keeps a caller with one pod.</summary>
internal static class TraefikAnnotations
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("traefik")
               .WithService(s =>
               {
                   s.Type = ServiceType.ClusterIP;
                   s.Annotations["traefik.ingress.kubernetes.io/service.sticky.cookie"] = "true";
               })
               .WithIngress("traefik.example.com", i =>
               {
                   i.ClassName = "traefik";
                   i.Annotations["traefik.ingress.kubernetes.io/router.entrypoints"] = "web";
               });
}
