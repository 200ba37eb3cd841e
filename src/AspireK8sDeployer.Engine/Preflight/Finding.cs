namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>Something that a check found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">The code of the failure, when it is one; empty otherwise.</param>
/// <param name="Problem">What, where and why.</param>
/// <param name="Fix">What to do about it.</param>
internal sealed record Finding(FindingSeverity Severity, string Code, string Problem, string Fix)
{
    /// <summary>The deploy cannot work.</summary>
    public static Finding Error(string code, string problem, string fix) => new(FindingSeverity.Error, code, problem, fix);

    /// <summary>The deploy works; or what it lacks may still come.</summary>
    public static Finding Warning(string problem, string fix) => new(FindingSeverity.Warning, "", problem, fix);

    /// <summary>It could not be looked at.</summary>
    public static Finding Note(string problem) => new(FindingSeverity.Note, "", problem, "");
}
