namespace AspireK8sDeployer.Engine;

/// <summary>What happens to an object that has the name of one of ours and was not made by us.</summary>
public enum AdoptionPolicy
{
    /// <summary>The deploy is refused.</summary>
    Never,

    /// <summary>It becomes ours, unless another tool or controller marks it as its own.</summary>
    Unowned,

    /// <summary>It becomes ours, also where another tool manages it: that tool must let go of it, or the two will fight.</summary>
    All,
}
