using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Configuration;

// The AppHost that tests run as a process: the greeter, with what a test changes read from configuration.
var builder = DistributedApplication.CreateBuilder(args);
var test = builder.Configuration.GetSection("Test");

var deployer = builder.AddKubernetesDeployer("k8s").WithEmbeddedCluster();
if (test["Registry"] is { } registry)
{
    deployer.WithContainerRegistry(builder.AddContainerRegistry("registry", registry, test["Repository"]));
}

var apiKey = builder.AddParameter("api-key", secret: true);
var greeter = builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("greeter")
    .WithResources(cpu: 0.25, memory: "256MiB", minReplicas: test.GetValue("Replicas", 1))
    .WithService(service => service.Type = ServiceType.NodePort)
    .WithEnvironment("API_KEY", apiKey);
foreach (var variable in test.GetSection("Environment").GetChildren())
{
    greeter.WithEnvironment(variable["Name"]!, ReferenceExpression.Create($"{apiKey.Resource}{variable["AfterApiKey"]}"));
}

if (test["Broken"] is { } broken)
{
    builder.AddPipelineDeployment<Projects.Greeter_Pipeline>(broken)
        .WithResources(cpu: 0.25, memory: "256MiB")
        .WithService(service => service.Type = ServiceType.ClusterIP)
        .WithEnvironment("DOTNET_STARTUP_HOOKS", "not-there");
}

builder.Build().Run();
