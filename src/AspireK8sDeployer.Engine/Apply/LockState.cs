namespace AspireK8sDeployer.Engine.Apply;

internal enum LockState
{
    Free,

    /// <summary>Somebody has it, or may have it.</summary>
    Held,

    /// <summary>Its holder is gone and did not give it back.</summary>
    Abandoned,
}
