namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

/// <summary>A wrong value of a setting, and the one mistake that is found.</summary>
/// <param name="Setting">The setting's name.</param>
/// <param name="Change">Gives it the value.</param>
/// <param name="Problem">What is said of it.</param>
/// <param name="Fix">The call that mends it; the setting's usual one when null.</param>
/// <param name="SaidOf">The setting as the user wrote it, where that is another name.</param>
public sealed record WrongSetting(string Setting, Change Change, string Problem, string? Fix, string SaidOf)
{
    /// <summary>What the row is called in a test's name.</summary>
    public override string ToString() => $"{Setting}: {Problem}";
}
