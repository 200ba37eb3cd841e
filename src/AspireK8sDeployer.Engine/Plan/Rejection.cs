using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Says what the server did not accept in an object, by field.</summary>
internal static class Rejection
{
    public static DeploymentException Of(string code, string stage, ObjectId id, ApiFailure failure)
    {
        var message = failure.Message;
        var fix = message switch
        {
            _ when message.Contains("provided port is already allocated", StringComparison.Ordinal) =>
                "choose another port, or none, with .WithService(s => s.NodePort = …)",
            _ when message.Contains("field is immutable", StringComparison.Ordinal) || message.Contains("may not change once set", StringComparison.Ordinal) =>
                "the field cannot change while the object exists: destroy the deployment and deploy it again",
            _ => "correct the setting that the field comes from, and deploy again",
        };
        return new DeploymentException(code, stage, $"{id} is not accepted by the cluster: {message}", fix, failure)
        {
            Reason = message.Contains("provided port is already allocated", StringComparison.Ordinal) ? "NODEPORT_TAKEN" : "INVALID",
        };
    }
}
