namespace AspireK8sDeployer.Engine.Settings;

/// <summary>The Ingress in front of the Service.</summary>
public sealed record IngressSettings
{
    /// <summary>The class, and so the controller, that serves it; the cluster's default class when absent.</summary>
    public string? ClassName { get; init; }

    /// <summary>The host that it answers, also with a first label of <c>*</c>; every host when absent.</summary>
    public string? Host { get; init; }

    /// <summary>The path that it answers, which is also the path base of a pipeline that we serve.</summary>
    public string Path { get; init; } = "/";

    /// <summary>How paths are compared.</summary>
    public IngressPathType PathType { get; init; }

    /// <summary>Whether it ends TLS, for which it needs <see cref="Host"/> and <see cref="TlsSecretName"/>.</summary>
    public bool TlsEnabled { get; init; }

    /// <summary>The Secret with the certificate: one that is there, or that cert-manager makes.</summary>
    public string? TlsSecretName { get; init; }

    /// <summary>Annotations of the Ingress alone, which its controller reads.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
