namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Collects mistakes; each rule is one line where it is used.</summary>
internal sealed class SettingsErrors
{
    private readonly List<SettingsError> _errors = [];

    public IReadOnlyList<SettingsError> Found => _errors;

    public void Unless(bool holds, string setting, string problem, string fix)
    {
        if (!holds)
        {
            Add(setting, problem, fix);
        }
    }

    public void Add(string setting, string problem, string fix) => _errors.Add(new SettingsError(setting, problem, fix));
}
