namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>The value of an environment variable, and whether a secret is in it. Never printed.</summary>
internal sealed record EnvironmentValue(string Text, bool IsSecret)
{
    /// <summary>The secrets that the text is made of, each as it stands in it: a program may print one without the rest.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>A value that is a secret by itself.</summary>
    public static EnvironmentValue OfSecret(string text) => new(text, true) { Secrets = [text] };

    public override string ToString() => IsSecret ? "(secret)" : Text;
}
