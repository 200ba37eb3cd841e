using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

public sealed class EndpointAnnotation : IResourceAnnotation
{
    private int? _port;
    private int? _targetPort;
    private string? _transport;
    private bool? _tlsEnabled;

    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? LowerCase(protocol);
        Name = name ?? UriScheme;
        ModelName.Validate("Endpoint", Name);
        _transport = transport;
        _port = port;
        _targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsExplicitlyProxied = isProxied;
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    public string UriScheme { get; set; }

    public string TargetHost { get; set; } = KnownHostNames.Localhost;

    // Without a proxy the port that clients use and the one that the process listens on are the same.
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => _port = value;
    }

    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = value;
    }

    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : LowerCase(Protocol));
        set => _transport = value;
    }

    public bool TlsEnabled
    {
        get => _tlsEnabled ?? string.Equals(UriScheme, "https", StringComparison.OrdinalIgnoreCase);
        set => _tlsEnabled = value;
    }

    public bool IsExternal { get; set; }

    public bool IsProxied
    {
        get => IsExplicitlyProxied ?? true;
        set => IsExplicitlyProxied = value;
    }

    public bool? IsExplicitlyProxied { get; set; }

    public bool ExcludeReferenceEndpoint { get; set; }

    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => Allocation.Task.IsCompletedSuccessfully ? Allocation.Task.Result : null;
        set => Allocation.TrySetResult(value ?? throw new ArgumentNullException(nameof(value)));
    }

    internal bool FromLaunchProfile { get; set; }

    internal bool IsDefaultHttps { get; init; }

    internal TaskCompletionSource<AllocatedEndpoint> Allocation { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string LowerCase(ProtocolType protocol) => protocol == ProtocolType.Udp ? "udp" : "tcp";
}
