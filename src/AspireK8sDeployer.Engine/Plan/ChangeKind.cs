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

    /// <summary>It was not made by us, has the name of what is desired, and becomes ours.</summary>
    Adopt,

    /// <summary>It is deleted and made again, because the cluster does not let the change be made to it.</summary>
    Replace,

    /// <summary>Others keep fields of it that are desired otherwise: the plan cannot be carried out.</summary>
    Conflict,
}
