using System.Text.Json;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>The exceptions by which a value turns out not to fit its type.</summary>
internal static class ReadFailure
{
    // Converters and constructors of the user's own types refuse values with exceptions of these kinds; any other is a
    // mistake in them, and not in the request.
    public static bool Is(Exception exception) =>
        exception is JsonException or NotSupportedException or ArgumentException or FormatException or OverflowException;
}
