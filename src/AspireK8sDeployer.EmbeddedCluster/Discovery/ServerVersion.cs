using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Discovery;

/// <summary>Which Kubernetes this server behaves as: the version that it was compared with.</summary>
internal static class ServerVersion
{
    public const string Text = "v1.36.2";

    public static JsonObject ToJson() => new()
    {
        ["major"] = "1",
        ["minor"] = "36",
        ["emulationMajor"] = "1",
        ["emulationMinor"] = "36",
        ["minCompatibilityMajor"] = "1",
        ["minCompatibilityMinor"] = "35",
        ["gitVersion"] = Text,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "none",
        ["compiler"] = "dotnet",
        ["platform"] = $"linux/{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
            _ => "amd64",
        }}",
    };
}
