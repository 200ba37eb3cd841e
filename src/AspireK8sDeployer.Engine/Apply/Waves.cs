using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>
/// What is applied before what. Inside a wave everything goes at once; a wave begins when the one before is accepted, not
/// when it is ready.
/// </summary>
internal static class Waves
{
    // A Service before the pods: its address is being provisioned while images are pulled.
    private static readonly string[][] Order =
    [
        [ObjectKind.Secret.Kind, ObjectKind.Service.Kind],
        [ObjectKind.Deployment.Kind],
        [ObjectKind.Autoscaler.Kind],
    ];

    /// <summary>Objects to create or to update, wave by wave.</summary>
    public static IEnumerable<IReadOnlyList<PlannedObject>> ToApply(IReadOnlyList<PlannedObject> objects) => Order
        .Select(kinds => objects.Where(item => item.Kind is ChangeKind.Create or ChangeKind.Update && kinds.Contains(item.Id.Kind)).ToList())
        .Where(wave => wave.Count > 0);

    /// <summary>Objects to delete, wave by wave: the other way round.</summary>
    public static IEnumerable<IReadOnlyList<PlannedObject>> ToDelete(IReadOnlyList<PlannedObject> objects)
    {
        // The Service after the pods: until then what still runs is still reached.
        string[][] order = [[ObjectKind.Autoscaler.Kind], [ObjectKind.Deployment.Kind], [ObjectKind.Service.Kind], [ObjectKind.Secret.Kind]];
        return order
            .Select(kinds => objects.Where(item => item.Kind == ChangeKind.Delete && kinds.Contains(item.Id.Kind)).ToList())
            .Where(wave => wave.Count > 0);
    }
}
