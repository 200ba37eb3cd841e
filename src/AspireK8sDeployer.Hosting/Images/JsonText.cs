using System.Text.Json;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>Reads answers of programs that are not ours, which may have any form.</summary>
internal static class JsonText
{
    /// <summary>The text that an object has under a name, or null when there is none.</summary>
    public static string? Of(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
