using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.Hosting.Model;

/// <summary>The kubeconfig context to deploy to.</summary>
internal sealed record KubeContextAnnotation(SettingValue<string> Context) : IResourceAnnotation;

/// <summary>The kubeconfig file to read.</summary>
internal sealed record KubeconfigAnnotation(SettingValue<string> Path) : IResourceAnnotation;

/// <summary>The cluster that this process runs in is the one to deploy to.</summary>
internal sealed record InClusterAnnotation : IResourceAnnotation;

/// <summary>The API server to deploy to, without a kubeconfig.</summary>
internal sealed record ClusterServerAnnotation(SettingValue<string> Server, SettingValue<string> Token, SettingValue<string>? CertificateAuthority) : IResourceAnnotation;
