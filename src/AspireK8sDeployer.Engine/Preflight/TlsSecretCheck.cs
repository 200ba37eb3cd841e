using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>The certificate of the Ingress is there, and is one. A warning when it is not there: it may be put there later.</summary>
internal sealed class TlsSecretCheck : IPreflightCheck
{
    private const string Type = "kubernetes.io/tls";

    private static readonly string[] Issuers = ["cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme"];

    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        if (deployment.Settings.Ingress is not { TlsEnabled: true, TlsSecretName: { } name } ingress || IsMade(deployment, name))
        {
            return [];
        }

        var secret = await facts.GetAsync(ObjectKind.Secret, deployment.Namespace, name).ConfigureAwait(false);
        var id = ObjectKind.Secret.Id(deployment.Namespace, name);
        if (secret is null)
        {
            return Issuers.Any(ingress.Annotations.ContainsKey)
                ? []
                :
                [
                    Finding.Warning(
                        $"{deployment.Name}: {id} with the certificate of {ingress.Host} is not there; until it is, the controller shows another one",
                        $"'kubectl create secret tls {name} -n {deployment.Namespace} --cert=… --key=…', or have cert-manager make it (annotation cert-manager.io/cluster-issuer)"),
                ];
        }

        return secret.Text("type") == Type
            ? []
            : [Finding.Error("K8SD234", $"{deployment.Name}: {id} is of type {secret.Text("type")}, and TLS of the Ingress needs {Type}", ".WithIngress(i => i.TlsSecretName = \"…\") with one that has a certificate")];
    }

    private static bool IsMade(PlannedDeployment deployment, string name) =>
        deployment.Makes("Secret", name)
        || deployment.ObjectsOf("Certificate").Any(certificate => (certificate["spec"] as JsonObject)?.Text("secretName") == name);
}
