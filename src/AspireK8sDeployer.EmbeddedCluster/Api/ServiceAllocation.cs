using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>The addresses and ports that a Service holds, or is about to.</summary>
internal sealed class ServiceAllocation : IDisposable
{
    public static readonly ServiceAllocation None = new(null, [], []);

    private readonly Allocations? _from;
    private bool _kept;
    private Action? _onKeep;

    public ServiceAllocation(Allocations? from, IReadOnlyCollection<string> addresses, IReadOnlyCollection<int> ports, Action? onKeep = null)
    {
        _from = from;
        Addresses = addresses;
        Ports = ports;
        _onKeep = onKeep;
    }

    public IReadOnlyCollection<string> Addresses { get; }

    public IReadOnlyCollection<int> Ports { get; }

    /// <summary>What a stored Service holds.</summary>
    public static ServiceAllocation Read(JsonObject service)
    {
        var spec = service["spec"] as JsonObject ?? [];
        var addresses = spec.Text("type") == "ExternalName"
            ? []
            : spec.Texts("clusterIPs").Append(spec.Text("clusterIP")).Where(ip => ip is not ("" or "None")).Distinct();
        var ports = (spec["ports"] as JsonArray ?? []).OfType<JsonObject>().Select(port => port.Number("nodePort"))
            .Append(spec.Number("healthCheckNodePort"))
            .Where(port => port is > 0).Select(port => (int)port!.Value).Distinct();
        return new ServiceAllocation(null, [.. addresses], [.. ports]);
    }

    /// <summary>The Service is stored: nothing goes back.</summary>
    public void Keep()
    {
        _kept = true;
        _onKeep?.Invoke();
        _onKeep = null;
    }

    public void Dispose()
    {
        if (!_kept)
        {
            _from?.GiveBack(this);
        }
    }
}
