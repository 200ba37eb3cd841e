using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>What ingress-nginx is told by annotations: large requests, slow answers, and one pod for each caller.</summary>
internal static class NginxAnnotations
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("nginx")
               .WithService(s => s.Type = ServiceType.ClusterIP)
               .WithIngress("nginx.example.com", i =>
               {
                   i.ClassName = "nginx";
                   i.Annotations["nginx.ingress.kubernetes.io/proxy-body-size"] = "50m";
                   i.Annotations["nginx.ingress.kubernetes.io/proxy-read-timeout"] = "300";
                   i.Annotations["nginx.ingress.kubernetes.io/affinity"] = "cookie";
               });
}
