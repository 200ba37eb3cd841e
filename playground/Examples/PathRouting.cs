using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>Two pipelines on one host, each below a path. They answer there as they do at their root: nothing is rewritten.</summary>
internal static class PathRouting
{
    public static void Add(IDistributedApplicationBuilder builder)
    {
        foreach (var name in (string[])["poet", "painter"])
        {
            builder.AddPipelineDeployment<Projects.Greeter_Pipeline>(name)
                   .WithService(s => s.Type = ServiceType.ClusterIP)
                   .WithIngress("artists.example.com", i =>
                   {
                       i.ClassName = "nginx";
                       i.Path = $"/{name}";
                   });
        }
    }
}
