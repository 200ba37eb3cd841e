using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>A field that we want one way and another manager has another way.</summary>
internal sealed record FieldConflict(string Field, string Manager)
{
    /// <summary>Reads the conflicts that the server names, for example <c>conflict with "kubectl" using apps/v1</c>.</summary>
    public static IReadOnlyList<FieldConflict> Of(ApiFailure failure) =>
    [
        .. failure.Causes
            .Where(cause => cause.Reason == "FieldManagerConflict")
            .Select(cause => new FieldConflict(cause.Field, ManagerIn(cause.Message))),
    ];

    /// <summary>For example <c>conflict with "kubectl": .spec.replicas</c>.</summary>
    public override string ToString() => $"conflict with \"{Manager}\": {Field}";

    private static string ManagerIn(string message)
    {
        var parts = message.Split('"');
        return parts.Length >= 2 ? parts[1] : message;
    }
}
