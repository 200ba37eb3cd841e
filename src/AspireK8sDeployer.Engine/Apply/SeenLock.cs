using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>A deploy lock as it was at one moment.</summary>
/// <param name="lease">The lease; null when there was none.</param>
internal sealed class SeenLock(JsonObject? lease)
{
    public LockState State => Holder switch
    {
        null or "" => LockState.Free,
        var holder => LeaseHolder.Parse(holder)?.IsGone() == true ? LockState.Abandoned : LockState.Held,
    };

    /// <summary>Who is at work, as far as one can tell; null when nobody is.</summary>
    public string? HolderAtWork => State == LockState.Held ? LeaseHolder.Describe(Holder!) : null;

    public bool IsThere => lease is not null;

    public JsonObject? Lease => lease;

    private string? Holder => (string?)lease?["spec"]?["holderIdentity"];

    private string? Version => (string?)lease?["metadata"]?["resourceVersion"];

    /// <summary>
    /// Whether nobody had the lock from this moment to a later one. A holder whose last renewal was seen twice may still
    /// have been at work in between.
    /// </summary>
    public bool IsSameAndFree(SeenLock later) => Version == later.Version && State == LockState.Free;

    /// <summary>Whether it is a lock of this deployment, and not only of its name.</summary>
    public bool IsOf(DeploymentIdentity deployment)
    {
        var labels = lease?["metadata"]?["labels"];
        return (string?)labels?[Names.ManagedByLabel] == Names.FieldManager
            && (string?)labels?[Names.DeploymentLabel] == deployment.Name
            && (string?)labels?[Names.PartOfLabel] == deployment.Application;
    }
}
