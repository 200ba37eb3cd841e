var builder = DistributedApplication.CreateBuilder(args);

builder.AddKubernetesDeployer("k8s")
       .WithNamespace("pipelines")
       .WithEmbeddedCluster();

builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("greeter")
       .WithResources(cpu: 0.5, memory: "512MiB", minReplicas: 1);

builder.Build().Run();
