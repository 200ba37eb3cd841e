namespace AspireK8sDeployer.Serving.Telemetry;

/// <summary>How runs and steps end, as metrics and traces name it.</summary>
internal static class Outcomes
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
    public const string TimedOut = "timed_out";
}
