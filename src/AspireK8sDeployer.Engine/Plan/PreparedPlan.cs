using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>A plan with what is needed to carry it out.</summary>
internal sealed record PreparedPlan
{
    public required DeploymentIdentity Deployment { get; init; }

    /// <summary>What is to be; null for a delete.</summary>
    public DesiredObjects? Wanted { get; init; }

    public required string Server { get; init; }

    /// <summary>Every object, in the order of the plan.</summary>
    public required IReadOnlyList<PlannedObject> Objects { get; init; }

    /// <summary>Secrets of older revisions that a ReplicaSet still needs.</summary>
    public required IReadOnlyList<ObjectId> Kept { get; init; }

    public required LiveObjects Live { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether somebody agreed to exactly this plan, so that nothing may have moved since.</summary>
    public bool IsReviewed { get; init; }

    public Masking Masking => Wanted is { } wanted ? Masking.Of(wanted.Settings) : Masking.OfUnknown;

    public DeploymentPlan Public => new()
    {
        Deployment = Deployment.Name,
        Namespace = Deployment.Namespace,
        Server = Server,
        Changes = [.. Objects.Select(item => item.Change)],
        Warnings = Warnings,
        Blockers = [.. Objects.Select(item => item.Blocker).OfType<PlanBlocker>()],
    };

    /// <summary>What the inventory names while the plan is carried out: all that is, and all that will be.</summary>
    /// <remarks>Which object it will be that is made anew is not known yet.</remarks>
    public Inventory InventoryDuring => Live.Inventory
        .With(Live.Inventory.Objects.Concat(Belonging(Objects)).Concat(Kept))
        .With(UidsExcept(Objects.Where(item => item.Kind == ChangeKind.Create || item.Kind == ChangeKind.Replace).Select(item => item.Id)));

    /// <summary>What the inventory names afterwards.</summary>
    public Inventory InventoryAfter => Live.Inventory.With(Belonging(Objects.Where(item => item.Kind != ChangeKind.Delete)).Concat(Kept));

    /// <summary>What the inventory names afterwards, and which objects they are.</summary>
    /// <param name="applied">The objects that were made or changed.</param>
    public Inventory InventoryWith(IReadOnlyDictionary<ObjectId, string> applied)
    {
        var uids = UidsExcept([]);
        foreach (var (id, uid) in applied)
        {
            uids[id] = uid;
        }

        return InventoryAfter.With(uids);
    }

    private Dictionary<ObjectId, string> UidsExcept(IEnumerable<ObjectId> ids)
    {
        var except = ids.ToHashSet();
        return Live.Objects.Where(item => !except.Contains(item.Key) && item.Value["metadata"]?["uid"] is not null)
            .ToDictionary(item => item.Key, item => (string)item.Value["metadata"]!["uid"]!);
    }

    // The namespace is not the deployment's: others may live in it.
    private static IEnumerable<ObjectId> Belonging(IEnumerable<PlannedObject> objects) => objects.Select(item => item.Id).Where(id => id.Namespace is not null);
}
