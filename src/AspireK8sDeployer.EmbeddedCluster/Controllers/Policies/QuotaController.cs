using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Admission;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Policies;

/// <summary>Writes what of every quota is used. Admission does not rely on it: it counts for itself.</summary>
internal sealed class QuotaController : Controller
{
    public QuotaController(ControllerContext context)
        : base(context)
    {
        context.Hub.Subscribe<V1ResourceQuota>((quota, _) => Enqueue(ObjectKey.Of(quota)));
        context.Hub.Subscribe<V1Pod>((pod, _) => EnqueueAll(pod.Metadata));
        context.Hub.Subscribe<V1Service>((service, _) => EnqueueAll(service.Metadata));
        context.Hub.Subscribe<V1Secret>((secret, _) => EnqueueAll(secret.Metadata));
        context.Hub.Subscribe<V1ConfigMap>((map, _) => EnqueueAll(map.Metadata));
        context.Hub.Subscribe<V1Deployment>((deployment, _) => EnqueueAll(deployment.Metadata));
    }

    protected override void Reconcile(ObjectKey key)
    {
        var resource = Api.Resources.Of<V1ResourceQuota>();
        if (Api.Get(resource, key.Namespace, key.Name) is not { } quota || quota["spec"]?["hard"] is not JsonObject hard)
        {
            return;
        }

        var used = new JsonObject();
        foreach (var name in hard.Select(limit => limit.Key))
        {
            if (QuotaUsage.KindOf(Api.Resources, name) is { } kind)
            {
                var sum = Quantity.FromWhole(0);
                foreach (var obj in Api.List(kind, key.Namespace).Items)
                {
                    sum += QuotaUsage.Of(name, obj);
                }

                used[name] = sum.ToString();
            }
        }

        var status = new JsonObject { ["hard"] = hard.DeepClone(), ["used"] = used };
        if (!JsonNode.DeepEquals(status, quota["status"]))
        {
            quota["status"] = status;
            Api.Update(resource, quota, Manager, "status");
        }
    }

    private void EnqueueAll(V1ObjectMeta metadata)
    {
        foreach (var quota in Api.List<V1ResourceQuota>(metadata.NamespaceProperty).Items)
        {
            Enqueue(ObjectKey.Of(quota));
        }
    }
}
