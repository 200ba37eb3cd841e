namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Whether waiting can help.</summary>
internal enum FailureClass
{
    /// <summary>It cannot heal unless someone changes an object of ours.</summary>
    Fatal,

    /// <summary>It usually does not heal, but sometimes is only a race: fatal once it has come back often enough.</summary>
    FatalOnProof,

    /// <summary>It depends on the world outside.</summary>
    Waits,

    /// <summary>The pipeline serves in spite of it: never a failure, but something to know.</summary>
    Warns,
}
