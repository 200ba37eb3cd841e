using System.Globalization;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Another manager that keeps a field, and what the plan makes of it.</summary>
/// <param name="Manager">The field manager, for example <c>kubectl-edit</c>.</param>
/// <param name="Since">When it last wrote, as far as the cluster tells.</param>
/// <param name="Claim">What the plan makes of its claim.</param>
public sealed record FieldOwner(string Manager, DateTimeOffset? Since, FieldClaim Claim)
{
    /// <summary>For example <c>drift: set by "kubectl-edit", 2026-08-01 10:00 UTC</c>.</summary>
    public override string ToString()
    {
        var words = Claim switch
        {
            FieldClaim.Drift => "drift: set by",
            FieldClaim.Taken => "taken from",
            FieldClaim.Left => "left to",
            _ => "kept by",
        };
        return $"{words} \"{Manager}\"{(Since is { } time ? $", {time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}" : "")}";
    }
}
