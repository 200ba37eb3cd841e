namespace AspireK8sDeployer.Hosting.Output;

/// <summary>Whether what we write is seen by somebody as we write it.</summary>
internal static class Terminal
{
    private const int UsualWidth = 80;

    /// <summary>Whether lines can be written over: on a terminal that understands it, and where no log is kept of it.</summary>
    public static bool IsLive(Func<string, string?> environment, bool isRedirected) =>
        !isRedirected
        && string.IsNullOrEmpty(environment("CI"))
        && environment("TERM") != "dumb"
        // Of Windows' own consoles only the new one is sure to understand.
        && (!OperatingSystem.IsWindows() || !string.IsNullOrEmpty(environment("WT_SESSION")) || !string.IsNullOrEmpty(environment("TERM")));

    /// <summary>The terminal's width by now.</summary>
    public static int Width()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
