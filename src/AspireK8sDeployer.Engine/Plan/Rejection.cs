using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Says what the server did not accept in an object, by field.</summary>
internal static class Rejection
{
    /// <param name="code">The code.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="id">The object.</param>
    /// <param name="failure">What the server said.</param>
    /// <param name="source">Where the user gave the object; null when it is made of the settings.</param>
    /// <param name="masking">What nobody shall read.</param>
    public static DeploymentException Of(string code, string stage, ObjectId id, ApiFailure failure, string? source, Masking masking)
    {
        // It repeats the values that it does not accept.
        var message = masking.Hide(failure.Message);
        var fix = message switch
        {
            _ when message.Contains("provided port is already allocated", StringComparison.Ordinal) =>
                "choose another port, or none, with .WithService(s => s.NodePort = …)",
            _ when message.Contains("field is immutable", StringComparison.Ordinal) || message.Contains("may not change once set", StringComparison.Ordinal) =>
                $"the field cannot change while the object exists: let the deploy make it again with .WithReplacement(\"{id.Kind}\"), or set the field back",
            _ when source is not null => $"correct it in {source}, and deploy again",
            _ => "correct the setting that the field comes from, and deploy again",
        };
        return new DeploymentException(code, stage, $"{id} is not accepted by the cluster: {message}", fix, new ApiFailure(failure.Code, failure.Reason, message, [], failure.Subject))
        {
            Reason = RejectionRules.CodeOf(failure) ?? "INVALID",
        };
    }
}
