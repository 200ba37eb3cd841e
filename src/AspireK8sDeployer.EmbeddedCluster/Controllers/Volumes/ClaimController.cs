using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Volumes;

/// <summary>Binds claims to the volumes there are, and says of the others what they wait for. It makes no volumes.</summary>
internal sealed class ClaimController : Controller
{
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";
    private const string InTree = "kubernetes.io/";

    private static readonly EventSource Source = new("persistentvolume-controller", Manager);
    private static readonly string[] ProvisionerAnnotations = ["volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/storage-provisioner"];

    // What cannot be bound is looked at, and said, again and again.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    public ClaimController(ControllerContext context)
        : base(context)
    {
        context.Hub.Subscribe<V1PersistentVolumeClaim>((claim, deleted) =>
        {
            Enqueue(ObjectKey.Of(claim));
            if (deleted && !string.IsNullOrEmpty(claim.Spec.VolumeName))
            {
                Enqueue(new ObjectKey("", claim.Spec.VolumeName));
            }
        });
        context.Hub.Subscribe<V1PersistentVolume>((volume, _) =>
        {
            Enqueue(ObjectKey.Of(volume));
            foreach (var claim in Api.List<V1PersistentVolumeClaim>().Items.Where(claim => !Claims.IsBound(claim) || claim.Spec.VolumeName == volume.Metadata.Name))
            {
                Enqueue(ObjectKey.Of(claim));
            }
        });
    }

    protected override void Reconcile(ObjectKey key)
    {
        if (string.IsNullOrEmpty(key.Namespace))
        {
            ReconcileVolume(key.Name);
        }
        else if (Api.Get<V1PersistentVolumeClaim>(key.Namespace, key.Name) is { } claim)
        {
            ReconcileClaim(claim);
        }
    }

    private void ReconcileVolume(string name)
    {
        if (Api.Get<V1PersistentVolume>(null, name) is not { } volume)
        {
            return;
        }

        var owner = volume.Spec.ClaimRef is { Uid.Length: > 0 } reference
            ? Api.Get<V1PersistentVolumeClaim>(reference.NamespaceProperty, reference.Name) is { } claim && claim.Metadata.Uid == reference.Uid ? "Bound" : "Released"
            : "Available";
        SetPhase(volume, owner);
    }

    private void ReconcileClaim(V1PersistentVolumeClaim claim)
    {
        if (claim.GetAnnotation(Claims.BindCompleted) is not null)
        {
            CheckBound(claim);
        }
        else if (!string.IsNullOrEmpty(claim.Spec.VolumeName))
        {
            BindToNamed(claim);
        }
        else if (Claims.Find(Api, claim, onlyMeant: Claims.WaitsForConsumer(Api, claim)) is { } volume)
        {
            Bind(claim, volume);
        }
        else if (!GiveDefaultClass(claim))
        {
            Explain(claim);
            EnqueueAfter(ObjectKey.Of(claim), LookAgain);
        }
    }

    private void CheckBound(V1PersistentVolumeClaim claim)
    {
        if (Api.Get<V1PersistentVolume>(null, claim.Spec.VolumeName) is { } volume)
        {
            if (claim.Status?.Phase != "Bound" && Claims.IsMeantFor(volume, claim))
            {
                Bind(claim, volume);
            }
        }
        else if (claim.Status?.Phase != "Lost")
        {
            claim.Status ??= new V1PersistentVolumeClaimStatus();
            claim.Status.Phase = "Lost";
            Api.UpdateStatus(claim, Manager);
            Context.Events.Warning(Source, claim, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        }
    }

    private void BindToNamed(V1PersistentVolumeClaim claim)
    {
        var volume = Api.Get<V1PersistentVolume>(null, claim.Spec.VolumeName);
        if (volume is null)
        {
            return; // its coming wakes the claim
        }

        if (volume.Spec.ClaimRef is not null && !Claims.IsMeantFor(volume, claim))
        {
            Context.Events.Warning(Source, claim, "FailedBinding", $"volume \"{volume.Metadata.Name}\" already bound to a different claim.");
            EnqueueAfter(ObjectKey.Of(claim), LookAgain);
        }
        else if (volume.Spec.ClaimRef is null && Claims.Mismatch(volume, claim) is { } mismatch)
        {
            Context.Events.Warning(Source, claim, "VolumeMismatch", $"Cannot bind to requested volume \"{volume.Metadata.Name}\": {mismatch}");
            EnqueueAfter(ObjectKey.Of(claim), LookAgain);
        }
        else
        {
            Bind(claim, volume);
        }
    }

    /// <summary>First the volume is the claim's, then the claim says so: whatever happens between, the next look goes on from there.</summary>
    private void Bind(V1PersistentVolumeClaim claim, V1PersistentVolume volume)
    {
        if (volume.Spec.ClaimRef?.Uid != claim.Metadata.Uid)
        {
            if (volume.Spec.ClaimRef is null)
            {
                volume.SetAnnotation(Claims.BoundByController, "yes");
            }

            volume.Spec.ClaimRef = Claims.ReferenceTo(claim);
            volume = Api.Update(volume, Manager);
        }

        SetPhase(volume, "Bound");
        if (claim.GetAnnotation(Claims.BindCompleted) is null)
        {
            if (string.IsNullOrEmpty(claim.Spec.VolumeName))
            {
                claim.Spec.VolumeName = volume.Metadata.Name;
                claim.SetAnnotation(Claims.BoundByController, "yes");
            }

            claim.SetAnnotation(Claims.BindCompleted, "yes");
            claim = Api.Update(claim, Manager);
        }

        claim.Status = new V1PersistentVolumeClaimStatus { Phase = "Bound", AccessModes = volume.Spec.AccessModes, Capacity = volume.Spec.Capacity };
        Api.UpdateStatus(claim, Manager);
    }

    private void SetPhase(V1PersistentVolume volume, string phase)
    {
        if (volume.Status?.Phase != phase)
        {
            volume.Status = new V1PersistentVolumeStatus { Phase = phase, LastPhaseTransitionTime = Now };
            Api.UpdateStatus(volume, Manager);
        }
    }

    /// <summary>A claim that was made before the cluster had a default class gets it now; one that asks for none gets none.</summary>
    private bool GiveDefaultClass(V1PersistentVolumeClaim claim)
    {
        if (claim.Spec.StorageClassName is not null || Claims.ClassOf(claim).Length > 0
            || Api.List<V1StorageClass>().Items.Where(candidate => candidate.GetAnnotation(DefaultClass) == "true").MaxBy(candidate => candidate.Metadata.CreationTimestamp) is not { } chosen)
        {
            return false;
        }

        claim.Spec.StorageClassName = chosen.Metadata.Name;
        Api.Update(claim, Manager);
        return true;
    }

    private void Explain(V1PersistentVolumeClaim claim)
    {
        if (Claims.WaitsForConsumer(Api, claim) && claim.GetAnnotation(Claims.SelectedNode) is null)
        {
            var pods = Api.List<V1Pod>(claim.Metadata.NamespaceProperty).Items
                .Where(pod => string.IsNullOrEmpty(pod.Spec.NodeName) && Claims.NamesOf(pod).Contains(claim.Metadata.Name))
                .Select(pod => pod.Metadata.Name).ToArray();
            var (reason, message) = pods.Length == 0
                ? ("WaitForFirstConsumer", "waiting for first consumer to be created before binding")
                : ("WaitForPodScheduled", $"waiting for pod{(pods.Length == 1 ? "" : "s")} {string.Join(',', pods)} to be scheduled");
            Context.Events.Normal(Source, claim, reason, message);
        }
        else if (Claims.ClassOf(claim) is { Length: > 0 } name)
        {
            AskProvisioner(claim, name);
        }
        else
        {
            Context.Events.Normal(Source, claim, "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
        }
    }

    private void AskProvisioner(V1PersistentVolumeClaim claim, string className)
    {
        if (Api.Get<V1StorageClass>(null, className)?.Provisioner is not { } provisioner)
        {
            Context.Events.Warning(Source, claim, "ProvisioningFailed", $"storageclass.storage.k8s.io \"{className}\" not found");
            return;
        }

        if (provisioner.StartsWith(InTree, StringComparison.Ordinal))
        {
            Context.Events.Warning(Source, claim, "ProvisioningFailed", $"no volume plugin matched name: {provisioner}");
            return;
        }

        if (ProvisionerAnnotations.Any(annotation => claim.GetAnnotation(annotation) != provisioner))
        {
            foreach (var annotation in ProvisionerAnnotations)
            {
                claim.SetAnnotation(annotation, provisioner);
            }

            claim = Api.Update(claim, Manager);
        }

        Context.Events.Normal(
            Source,
            claim,
            "ExternalProvisioning",
            $"Waiting for a volume to be created either by the external provisioner '{provisioner}' or manually by the system administrator. "
            + "If volume creation is delayed, please verify that the provisioner is running and correctly registered.");
    }
}
