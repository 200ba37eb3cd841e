using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>
/// The classes that the examples name. Those that the cluster does not have are made, for the embedded cluster's controller,
/// and removed again.
/// </summary>
internal sealed class IngressClasses(IKubernetes user) : IAsyncDisposable
{
    private const string Controller = "aspire-k8s.dev/embedded-ingress";

    private readonly List<string> _made = [];

    public async Task EnsureAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var present = (await user.NetworkingV1.ListIngressClassAsync(cancellationToken: cancellationToken)).Items.Select(item => item.Name()).ToHashSet();
        foreach (var name in names.Where(name => !present.Contains(name)))
        {
            var made = new V1IngressClass { Metadata = new() { Name = name }, Spec = new() { Controller = Controller } };
            await user.NetworkingV1.CreateIngressClassAsync(made, cancellationToken: cancellationToken);
            _made.Add(name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _made)
        {
            await user.NetworkingV1.DeleteIngressClassAsync(name);
        }
    }
}
