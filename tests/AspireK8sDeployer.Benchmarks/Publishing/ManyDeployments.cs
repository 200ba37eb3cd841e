using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Benchmarks.Publishing;

/// <summary>An AppHost with many deployments that use most of what can be set.</summary>
internal static class ManyDeployments
{
    public static DistributedApplication Build(int count, string output)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--operation", "publish", "--step", "publish-k8s", "--output-path", output, "--Parameters:user=app"],
            DisableDashboard = true,
        });
        builder.AddKubernetesDeployer("k8s").WithNamespace("pipelines");
        var user = builder.AddParameter("user");
        var password = builder.AddParameter("password", secret: true);
        for (var number = 0; number < count; number++)
        {
            var name = NameOf(number);
            builder.AddPipelineDeployment(name, "ghcr.io/acme/pipeline:1.0")
                .WithResources(cpu: 0.5, memory: "1.5GB", minReplicas: 2, maxReplicas: 5)
                .WithAutoscaling(AutoscalingMetric.Cpu, target: 70)
                .WithService(service => service.Type = ServiceType.ClusterIP)
                .WithIngress("pipelines.example.com", ingress =>
                {
                    ingress.ClassName = "nginx";
                    ingress.Path = $"/{name}";
                    ingress.TlsSecretName = "pipelines-tls";
                })
                .WithNetworkPolicy()
                .WithAuthKey()
                .WithServiceAccount(account => account.Create = true)
                .WithPodSettings(pod => pod.ConfigFiles["/etc/pipeline/settings.json"] = "{\n  \"batch\": 16\n}\n")
                .WithObjectLabels(labels => labels["team"] = "payments")
                .WithObjectAnnotations(annotations => annotations["example.com/owner"] = "Ada Lovelace")
                .WithEnvironment("PASSWORD", password)
                .WithEnvironment("DATABASE", ReferenceExpression.Create($"Host=db;User={user.Resource};Password={password.Resource}"))
                .WithEnvironment("GREETING", "Hello: world");
        }

        return builder.Build();
    }

    public static string NameOf(int number) => number.ToString("'pipeline-'0000", CultureInfo.InvariantCulture);
}
