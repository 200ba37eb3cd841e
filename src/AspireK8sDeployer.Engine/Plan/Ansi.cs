namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Colors of a terminal.</summary>
internal static class Ansi
{
    public const string Red = "31";
    public const string Green = "32";
    public const string Yellow = "33";
    public const string Magenta = "35";
    public const string Cyan = "36";
    public const string Faint = "2";

    public static string Paint(string text, string color, bool colored) => colored ? $"\u001b[{color}m{text}\u001b[0m" : text;
}
