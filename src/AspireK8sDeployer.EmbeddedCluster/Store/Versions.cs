using System.Globalization;

namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>resourceVersions are numbers inside the server and opaque text outside.</summary>
internal static class Versions
{
    public static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out long version) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version);
}
