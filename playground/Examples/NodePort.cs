using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>The same port on every node, for clusters that have no load balancer.</summary>
internal static class NodePort
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("fixed-port")
               .WithService(s =>
               {
                   s.Type = ServiceType.NodePort;
                   s.NodePort = 30080;
               });
}
