using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>HTTPS with a certificate that cert-manager gets and renews. It makes the Secret; nobody else has to.</summary>
internal static class TlsByCertManager
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("certified")
               .WithService(s => s.Type = ServiceType.ClusterIP)
               .WithIngress("certified.example.com", i =>
               {
                   i.ClassName = "nginx";
                   i.TlsEnabled = true;
                   i.TlsSecretName = "certified-tls";
                   i.Annotations["cert-manager.io/cluster-issuer"] = "letsencrypt-prod";
               });
}
