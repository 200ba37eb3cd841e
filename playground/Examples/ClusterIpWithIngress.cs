using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>Inside the cluster a name, outside the host of an Ingress: what most clusters want.</summary>
internal static class ClusterIpWithIngress
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("inside")
               .WithService(s => s.Type = ServiceType.ClusterIP)
               .WithIngress("inside.example.com", i => i.ClassName = "nginx");
}
