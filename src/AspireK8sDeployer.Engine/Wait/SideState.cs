using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>How an object beside the Deployment is doing.</summary>
/// <param name="Object">The object, as <c>Service/name</c>.</param>
/// <param name="Readiness">How far it is.</param>
/// <param name="Cause">What is wrong with it, or worth knowing.</param>
internal sealed record SideState(string Object, Readiness Readiness, Diagnosis? Cause = null)
{
    public static SideState Ready(string item, Diagnosis? warning = null) => new(item, Readiness.Ready("ready"), warning);

    public static SideState InProgress(string item, string reason) => new(item, Readiness.InProgress(reason));

    /// <summary>Not ready, and this is why.</summary>
    public static SideState Of(Diagnosis cause) => new(cause.Object!, Readiness.InProgress(cause.Problem), cause);
}
