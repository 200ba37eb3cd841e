namespace AspireK8sDeployer.Engine.Settings;

/// <summary>The HTTPRoute (Gateway API v1) that attaches the Service to a Gateway.</summary>
public sealed record GatewaySettings
{
    /// <summary>The Gateway.</summary>
    public required string Name { get; init; }

    /// <summary>The Gateway's namespace; the deployment's own when absent.</summary>
    public string? Namespace { get; init; }

    /// <summary>The one listener to attach to; all that allow it when absent.</summary>
    public string? Listener { get; init; }

    /// <summary>The host that it answers, also with a first label of <c>*</c>; every host of the listener when absent.</summary>
    public string? Host { get; init; }

    /// <summary>The path whose requests go to the pipeline, compared by whole elements from its beginning.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Annotations of the HTTPRoute alone.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
