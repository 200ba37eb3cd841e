using AspireK8sDeployer.Engine.Settings;

namespace Examples;

/// <summary>
/// HTTPS with a certificate that is in the namespace already:
/// <c>kubectl create secret tls secure-tls -n examples --cert=tls.crt --key=tls.key</c>.
/// </summary>
internal static class TlsFromSecret
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("secure")
               .WithService(s => s.Type = ServiceType.ClusterIP)
               .WithIngress("secure.example.com", i =>
               {
                   i.ClassName = "nginx";
                   i.TlsEnabled = true;
                   i.TlsSecretName = "secure-tls";
               });
}
