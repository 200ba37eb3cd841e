using Examples;

// Settings of deployments by example, one a file. --Examples=NodePort,PodSettings takes some of them; all without it.
var builder = DistributedApplication.CreateBuilder(args);

var deployer = builder.AddKubernetesDeployer("k8s")
    .WithNamespace("examples")
    .WithEmbeddedCluster()
    // So that all of them fit on one machine.
    .WithDefaults(settings =>
    {
        settings.Resources.Cpu = 0.05;
        settings.Resources.Memory = "256MiB";
    });

// A cluster of one's own takes its images from a registry: --Registry=registry.example.com.
if (builder.Configuration["Registry"] is { } registry)
{
    deployer.WithContainerRegistry(builder.AddContainerRegistry("registry", registry, builder.Configuration["Repository"]));
}

foreach (var add in Catalog.Chosen(builder.Configuration["Examples"]))
{
    add(builder);
}

builder.Build().Run();
