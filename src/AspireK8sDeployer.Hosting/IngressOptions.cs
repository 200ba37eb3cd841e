using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting;

/// <summary>The Ingress in front of a pipeline. What is left alone comes from configuration, else from the default.</summary>
public sealed class IngressOptions
{
    /// <summary>Whether there is one. <c>WithIngress</c> says yes; without it the default is no.</summary>
    public SettingValue<bool>? Enabled { get; set; }

    /// <summary>The IngressClass, and so the controller, that serves it, for example <c>nginx</c>. The default is the cluster's default class.</summary>
    public SettingValue<string>? ClassName { get; set; }

    /// <summary>The DNS name that it answers, for example <c>greeter.example.com</c> or <c>*.example.com</c>. Every name by default.</summary>
    public SettingValue<string>? Host { get; set; }

    /// <summary>The path that it answers, which is also the path base of a pipeline that we serve. The default is <c>/</c>.</summary>
    public SettingValue<string>? Path { get; set; }

    /// <summary>How paths are compared. The default is <see cref="IngressPathType.Prefix"/>.</summary>
    public SettingValue<IngressPathType>? PathType { get; set; }

    /// <summary>
    /// Whether it ends TLS, for which it needs <see cref="Host"/> and <see cref="TlsSecretName"/>. The default is yes when a Secret is
    /// named, else no.
    /// </summary>
    public SettingValue<bool>? TlsEnabled { get; set; }

    /// <summary>The Secret with the certificate: one that is in the namespace, or that cert-manager makes.</summary>
    public SettingValue<string>? TlsSecretName { get; set; }

    /// <summary>Annotations of the Ingress alone, which its controller or cert-manager reads.</summary>
    public IDictionary<string, SettingValue<string>> Annotations { get; } = new Dictionary<string, SettingValue<string>>();
}
