using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.KubeConfigModels;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Whom to trust and who to be, from a kubeconfig that this program wrote.</summary>
internal sealed record KubeconfigFile(X509ChainPolicy ChainPolicy, string Token)
{
    public static KubeconfigFile Read(string path)
    {
        var configuration = KubernetesYaml.Deserialize<K8SConfiguration>(File.ReadAllText(path));
        var authority = Encoding.ASCII.GetString(Convert.FromBase64String(configuration.Clusters.First().ClusterEndpoint.CertificateAuthorityData));
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(authority));
        return new KubeconfigFile(policy, configuration.Users.First().UserCredentials.Token);
    }
}
