using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Rollback;

/// <summary>Tells a rollout that failed, or ran out of time, from a deploy that could not be carried out.</summary>
internal static class RolloutFailures
{
    private static readonly string[] Codes = [RolloutFailure.Proven, RolloutFailure.TimeIsOver, RolloutFailure.NotReachable];

    public static bool Is(DeploymentException failure) => Codes.Contains(failure.Code);
}
