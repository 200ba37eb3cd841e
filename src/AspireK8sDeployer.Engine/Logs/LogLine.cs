namespace AspireK8sDeployer.Engine.Logs;

/// <summary>A line that a container wrote.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Container">Its container.</param>
/// <param name="Text">The line.</param>
public sealed record LogLine(string Pod, string Container, string Text)
{
    /// <summary>The line with where it is from.</summary>
    public override string ToString() => $"[{Pod}/{Container}] {Text}";
}
