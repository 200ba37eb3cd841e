namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>The value of an environment variable, and whether a secret is in it. Never printed.</summary>
internal readonly record struct EnvironmentValue(string Text, bool IsSecret)
{
    public override string ToString() => IsSecret ? "(secret)" : Text;
}
