using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>
/// Gives every namespace its default ServiceAccount and the cluster's certificate, and empties one that is being
/// deleted before it lets it go.
/// </summary>
internal sealed class NamespaceController : Controller
{
    private const string RootCertificate = "kube-root-ca.crt";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private readonly string _certificate;

    public NamespaceController(ControllerContext context, string certificateAuthority)
        : base(context)
    {
        _certificate = certificateAuthority;
        context.Hub.Subscribe<V1Namespace>((space, _) => Enqueue(new ObjectKey("", space.Metadata.Name)));
        context.Hub.Subscribe<V1ServiceAccount>((account, deleted) => EnqueueIfGone(account.Metadata, deleted, "default"));
        context.Hub.Subscribe<V1ConfigMap>((map, deleted) => EnqueueIfGone(map.Metadata, deleted, RootCertificate));
        context.Hub.Subscribe<V1Pod>((pod, deleted) => EnqueueIfGone(pod.Metadata, deleted, pod.Metadata.Name));
    }

    protected override void Reconcile(ObjectKey key)
    {
        if (Api.Get<V1Namespace>(null, key.Name) is not { } space)
        {
            return;
        }

        if (space.Metadata.DeletionTimestamp is null)
        {
            Furnish(key.Name);
            return;
        }

        var remaining = Empty(key.Name);
        if (remaining.Count == 0)
        {
            Finalize(key.Name);
            return;
        }

        Report(space, remaining);
        EnqueueAfter(key, LookAgain);
    }

    private void EnqueueIfGone(V1ObjectMeta metadata, bool deleted, string name)
    {
        if (deleted && metadata.Name == name)
        {
            Enqueue(new ObjectKey("", metadata.NamespaceProperty));
        }
    }

    private void Furnish(string space)
    {
        if (Api.Get<V1ServiceAccount>(space, "default") is null)
        {
            Api.Create(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "default", NamespaceProperty = space } }, Manager);
        }

        var map = Api.Get<V1ConfigMap>(space, RootCertificate);
        if (map?.Data?.TryGetValue("ca.crt", out var current) == true && current == _certificate)
        {
            return;
        }

        if (map is not null)
        {
            map.Data = new Dictionary<string, string> { ["ca.crt"] = _certificate };
            Api.Update(map, Manager);
            return;
        }

        Api.Create(
            new V1ConfigMap
            {
                Metadata = new V1ObjectMeta
                {
                    Name = RootCertificate,
                    NamespaceProperty = space,
                    Annotations = new Dictionary<string, string>
                    {
                        ["kubernetes.io/description"] = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal "
                            + "endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
                    },
                },
                Data = new Dictionary<string, string> { ["ca.crt"] = _certificate },
            },
            Manager);
    }

    /// <summary>Deletes what is in the namespace and returns what is left.</summary>
    private List<(ResourceDefinition Resource, JsonObject Object)> Empty(string space)
    {
        var kinds = Api.Resources.All.Where(resource => resource.Namespaced && resource.StoredAs is null && resource.Verbs.Contains("deletecollection")).ToArray();
        foreach (var resource in kinds)
        {
            foreach (var obj in Api.List(resource, space).Items.Where(obj => obj["metadata"]!["deletionTimestamp"] is null))
            {
                DeleteIfThere(resource, space, obj["metadata"]!["name"]!.GetValue<string>());
            }
        }

        return [.. kinds.SelectMany(resource => Api.List(resource, space).Items.Select(obj => (resource, obj)))];
    }

    private void DeleteIfThere(ResourceDefinition resource, string space, string name)
    {
        try
        {
            Api.Delete(resource, space, name, new DeleteOptions { PropagationPolicy = "Background" });
        }
        catch (ApiException e) when (e.Code == 404)
        {
            // Gone with its owner.
        }
    }

    private void Finalize(string name)
    {
        var resource = Api.Resources.Of<V1Namespace>();
        if (Api.Get(resource, null, name) is { } space && space["spec"]?["finalizers"] is JsonArray { Count: > 0 } finalizers)
        {
            space["spec"]!["finalizers"] = new JsonArray([.. finalizers.Where(entry => entry?.GetValue<string>() != "kubernetes").Select(entry => entry?.DeepClone())]);
            Api.Update(resource, space, Manager, "finalize");
        }
    }

    private void Report(V1Namespace space, List<(ResourceDefinition Resource, JsonObject Object)> remaining)
    {
        var counts = remaining
            .GroupBy(entry => $"{entry.Resource.Plural}.{entry.Resource.Group}") // with its dot in the core group too
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} has {group.Count()} resource instances");
        var finalizers = remaining
            .SelectMany(entry => (entry.Object["metadata"]!["finalizers"] as JsonArray ?? []).Select(finalizer => finalizer!.GetValue<string>()))
            .GroupBy(finalizer => finalizer)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} in {group.Count()} resource instances")
            .ToArray();

        var conditions = new List<V1NamespaceCondition>
        {
            Condition("NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered", "All resources successfully discovered"),
            Condition("NamespaceDeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions", "All legacy kube types successfully parsed"),
            Condition("NamespaceDeletionContentFailure", "False", "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
            Condition("NamespaceContentRemaining", "True", "SomeResourcesRemain", $"Some resources are remaining: {string.Join(", ", counts)}"),
            finalizers.Length == 0
                ? Condition("NamespaceFinalizersRemaining", "False", "ContentHasNoFinalizers", "All content-preserving finalizers finished")
                : Condition("NamespaceFinalizersRemaining", "True", "SomeFinalizersRemain", $"Some content in the namespace has finalizers remaining: {string.Join(", ", finalizers)}"),
        };

        foreach (var condition in conditions)
        {
            var before = space.Status?.Conditions?.FirstOrDefault(current => current.Type == condition.Type);
            condition.LastTransitionTime = before?.Status == condition.Status ? before.LastTransitionTime : Now;
        }

        if (!conditions.Select(Text).SequenceEqual((space.Status?.Conditions ?? []).Select(Text)))
        {
            (space.Status ??= new V1NamespaceStatus()).Conditions = conditions;
            Api.UpdateStatus(space, Manager);
        }
    }

    private static string Text(V1NamespaceCondition condition) => $"{condition.Type}={condition.Status} {condition.Reason}: {condition.Message}";

    private static V1NamespaceCondition Condition(string type, string status, string reason, string message) =>
        new() { Type = type, Status = status, Reason = reason, Message = message };
}
