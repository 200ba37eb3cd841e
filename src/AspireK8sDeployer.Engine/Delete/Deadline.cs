namespace AspireK8sDeployer.Engine.Delete;

/// <summary>A point in time that is not to be passed.</summary>
internal sealed class Deadline(TimeProvider time, TimeSpan patience)
{
    private readonly long _begun = time.GetTimestamp();

    public TimeSpan Patience => patience;

    public TimeSpan Left => patience - time.GetElapsedTime(_begun);

    public bool IsOver => time.GetElapsedTime(_begun) > patience;
}
