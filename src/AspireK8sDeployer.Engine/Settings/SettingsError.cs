namespace AspireK8sDeployer.Engine.Settings;

/// <summary>One mistake in the settings.</summary>
/// <param name="Setting">The setting's name, for example <c>Service.NodePort</c>.</param>
/// <param name="Problem">The value and the rule that it breaks.</param>
/// <param name="Fix">The call that mends it, for example <c>.WithService(s =&gt; s.NodePort = 30080)</c>.</param>
public sealed record SettingsError(string Setting, string Problem, string Fix);
