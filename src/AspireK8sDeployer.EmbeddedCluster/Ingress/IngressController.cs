using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;
using AspireK8sDeployer.EmbeddedCluster.Ingress.Tls;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress;

/// <summary>Turns Ingresses of this controller's classes into routes and certificates, and tells them their address.</summary>
internal sealed class IngressController : Controller
{
    public const string FieldManager = "embedded-ingress";

    private static readonly EventSource Source = new("embedded-ingress-controller", FieldManager);

    private readonly Dictionary<ObjectKey, ServedIngress> _served = [];
    private readonly Dictionary<ObjectKey, string> _announced = [];
    private readonly Dictionary<ObjectKey, string> _complained = [];
    private readonly CertificateSecrets _certificates;
    private readonly IngressAddress _address;
    private readonly IngressState _state;
    private readonly BackendController _backends;
    private readonly Lock _gate = new();

    public IngressController(ControllerContext context, IngressAddress address, IngressState state, BackendController backends)
        : base(context)
    {
        (_address, _state, _backends) = (address, state, backends);
        _certificates = new CertificateSecrets(context.Api);
        context.Hub.Subscribe<V1Ingress>((ingress, _) => Enqueue(ObjectKey.Of(ingress)));
        context.Hub.Subscribe<V1IngressClass>((changed, _) => EnqueueOfClass(changed.Metadata.Name));
        context.Hub.Subscribe<V1Secret>((secret, _) => EnqueueWithSecret(ObjectKey.Of(secret)));
    }

    protected override void Reconcile(ObjectKey key)
    {
        var ingress = Api.Get<V1Ingress>(key.Namespace, key.Name);
        if (ingress is null || !IngressClasses.Serve(Api, ingress))
        {
            Release(key, ingress);
            return;
        }

        var problems = new List<string>();
        var read = IngressReader.Read(ingress, problems);
        var served = read with { Certificates = Certificates(ingress, problems), Secrets = [.. SecretsOf(ingress)] };
        Publish(() => _served[key] = served);
        Announce(key, ingress);
        Complain(key, ingress, problems);
        WriteStatus(ingress, [_address.ToStatus()]);
    }

    private void EnqueueOfClass(string name)
    {
        foreach (var ingress in Api.List<V1Ingress>().Items.Where(ingress => IngressClasses.NameOf(ingress) == name))
        {
            Enqueue(ObjectKey.Of(ingress));
        }
    }

    private void EnqueueWithSecret(ObjectKey secret)
    {
        lock (_gate)
        {
            foreach (var (key, served) in _served)
            {
                if (served.Secrets.Contains(secret))
                {
                    Enqueue(key);
                }
            }
        }
    }

    private void Release(ObjectKey key, V1Ingress? ingress)
    {
        _announced.Remove(key);
        _complained.Remove(key);
        if (_served.ContainsKey(key))
        {
            Publish(() => _served.Remove(key));
        }

        // It has become another controller's, or its class is gone: what this one promised no longer holds.
        if (ingress?.Status?.LoadBalancer?.Ingress is { Count: 1 } promised && promised[0].Ip == _address.Address.ToString())
        {
            WriteStatus(ingress, null);
        }
    }

    private void Publish(Action change)
    {
        lock (_gate)
        {
            change();
        }

        // The endpoints first: a route without them would answer 503 for a moment.
        _backends.Follow(_served.Values.SelectMany(ingress => ingress.Backends).ToHashSet());
        _state.Replace(_served.Values);
    }

    private List<ServedCertificate> Certificates(V1Ingress ingress, List<string> problems)
    {
        var found = new List<ServedCertificate>();
        foreach (var tls in (ingress.Spec.Tls ?? []).Where(tls => !string.IsNullOrEmpty(tls.SecretName)))
        {
            if (_certificates.Find(new ObjectKey(ingress.Metadata.NamespaceProperty, tls.SecretName), problems) is { } certificate)
            {
                found.Add(new ServedCertificate(tls.Hosts is { Count: > 0 } hosts ? [.. hosts] : CertificateSecrets.NamesOf(certificate.TargetCertificate), certificate));
            }
        }

        return found;
    }

    private static IEnumerable<ObjectKey> SecretsOf(V1Ingress ingress) =>
        (ingress.Spec.Tls ?? []).Where(tls => !string.IsNullOrEmpty(tls.SecretName)).Select(tls => new ObjectKey(ingress.Metadata.NamespaceProperty, tls.SecretName));

    /// <summary>Says once for each state of an Ingress that it is served, as other controllers do.</summary>
    private void Announce(ObjectKey key, V1Ingress ingress)
    {
        var state = $"{ingress.Metadata.Uid}/{ingress.Metadata.Generation}/{KubernetesJson.Serialize(ingress.Metadata.Annotations ?? new Dictionary<string, string>())}";
        if (_announced.GetValueOrDefault(key) != state)
        {
            _announced[key] = state;
            Context.Events.Normal(Source, ingress, "Sync", "Scheduled for sync");
        }
    }

    private void Complain(ObjectKey key, V1Ingress ingress, List<string> problems)
    {
        var all = string.Join('\n', problems);
        if (_complained.GetValueOrDefault(key, "") != all)
        {
            _complained[key] = all;
            foreach (var problem in problems.Distinct())
            {
                Context.Events.Warning(Source, ingress, "NotServed", problem);
            }
        }
    }

    private void WriteStatus(V1Ingress ingress, IList<V1IngressLoadBalancerIngress>? addresses)
    {
        var status = new V1IngressStatus { LoadBalancer = new V1IngressLoadBalancerStatus { Ingress = addresses } };
        if (KubernetesJson.Serialize(ingress.Status ?? new V1IngressStatus()) != KubernetesJson.Serialize(status))
        {
            ingress.Status = status;
            Api.UpdateStatus(ingress, FieldManager);
        }
    }
}
