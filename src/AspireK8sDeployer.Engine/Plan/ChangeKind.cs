namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What applying the plan does to an object.</summary>
public enum ChangeKind
{
    /// <summary>It is as desired; nothing is written.</summary>
    Unchanged,

    /// <summary>It does not exist yet.</summary>
    Create,

    /// <summary>It exists and some of its fields change.</summary>
    Update,

    /// <summary>It is ours and no longer desired.</summary>
    Delete,
}
