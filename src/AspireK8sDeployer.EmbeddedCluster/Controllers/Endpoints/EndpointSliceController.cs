using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Endpoints;

/// <summary>Keeps the EndpointSlices of every Service with a selector: one for each set of ports that its pods really have.</summary>
internal sealed class EndpointSliceController : Controller
{
    public const string ServiceNameLabel = "kubernetes.io/service-name";
    private const string ManagedByLabel = "endpointslice.kubernetes.io/managed-by";
    private const string ManagedBy = "endpointslice-controller.k8s.io";
    private const string HeadlessLabel = "service.kubernetes.io/headless";
    private const string ChangeAnnotation = "endpoints.kubernetes.io/last-change-trigger-time";

    private readonly ChangeTrigger _trigger = new();

    public EndpointSliceController(ControllerContext context)
        : base(context)
    {
        context.Hub.Subscribe<V1Service>((service, _) => Enqueue(ObjectKey.Of(service)));
        context.Hub.Subscribe<V1Pod>((pod, _) => EnqueueFor(pod));
        context.Hub.Subscribe<V1EndpointSlice>((slice, _) =>
        {
            if (slice.Metadata.Labels?.TryGetValue(ServiceNameLabel, out var service) == true)
            {
                Enqueue(new ObjectKey(slice.Metadata.NamespaceProperty, service));
            }
        });
    }

    protected override void Reconcile(ObjectKey key)
    {
        if (Api.Get<V1Service>(key.Namespace, key.Name) is not { Spec: { Selector.Count: > 0, Type: not "ExternalName" } } service
            || service.Metadata.DeletionTimestamp is not null)
        {
            _trigger.Forget(key);
            return;
        }

        var pods = Api.View<V1Pod>(key.Namespace).Where(pod => LabelMatch.Matches(service.Spec.Selector, pod.Metadata.Labels)).ToArray();
        var trigger = _trigger.Since(service, pods);
        var wanted = ServiceEndpoints.Group(service, pods);
        var existing = Api.List<V1EndpointSlice>(key.Namespace, $"{ServiceNameLabel}={key.Name},{ManagedByLabel}={ManagedBy}").Items
            .Where(slice => slice.Metadata.DeletionTimestamp is null).ToList();

        foreach (var group in wanted)
        {
            var slice = existing.Find(candidate => SamePorts(candidate.Ports, group.Ports)) ?? existing.Find(candidate => wanted.Count == 1 && candidate.Endpoints is not { Count: > 0 });
            if (slice is null)
            {
                Api.Create(Note(Fill(NewSlice(service), service, group), trigger), Manager);
                continue;
            }

            existing.Remove(slice);
            var before = KubernetesJson.Serialize(slice);
            Fill(slice, service, group);
            if (KubernetesJson.Serialize(slice) != before)
            {
                Api.Update(Note(slice, trigger), Manager);
            }
        }

        foreach (var superfluous in existing)
        {
            Api.Delete<V1EndpointSlice>(key.Namespace, superfluous.Metadata.Name);
        }
    }

    private void EnqueueFor(V1Pod pod)
    {
        foreach (var service in Api.View<V1Service>(pod.Metadata.NamespaceProperty)
            .Where(service => service.Spec.Selector is { Count: > 0 } selector && LabelMatch.Matches(selector, pod.Metadata.Labels)))
        {
            Enqueue(ObjectKey.Of(service));
        }
    }

    private static V1EndpointSlice NewSlice(V1Service service) => new()
    {
        AddressType = "IPv4",
        Metadata = new V1ObjectMeta
        {
            GenerateName = service.Metadata.Name + "-",
            NamespaceProperty = service.Metadata.NamespaceProperty,
            OwnerReferences = [Ownership.ReferenceTo(service, "v1", "Service")],
        },
    };

    private static V1EndpointSlice Fill(V1EndpointSlice slice, V1Service service, EndpointGroup group)
    {
        slice.Metadata.Labels = Labels(service);
        slice.Endpoints = [.. group.Endpoints];
        slice.Ports = [.. group.Ports];
        return slice;
    }

    private static Dictionary<string, string> Labels(V1Service service)
    {
        var labels = new Dictionary<string, string>(service.Metadata.Labels ?? new Dictionary<string, string>())
        {
            [ManagedByLabel] = ManagedBy,
            [ServiceNameLabel] = service.Metadata.Name,
        };
        if (service.Spec.ClusterIP == "None")
        {
            labels[HeadlessLabel] = "";
        }

        return labels;
    }

    private static bool SamePorts(IList<Discoveryv1EndpointPort>? a, IReadOnlyList<Discoveryv1EndpointPort> b) =>
        JsonNode.DeepEquals(JsonNode.Parse(KubernetesJson.Serialize(a ?? [])), JsonNode.Parse(KubernetesJson.Serialize(b)));

    /// <summary>Says when what changed the slice happened, or nothing at all.</summary>
    private static V1EndpointSlice Note(V1EndpointSlice slice, DateTime? trigger)
    {
        slice.Metadata.Annotations?.Remove(ChangeAnnotation);
        if (trigger is { } at)
        {
            slice.Metadata.EnsureAnnotations()[ChangeAnnotation] = at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        }

        return slice;
    }
}
