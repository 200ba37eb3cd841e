using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AspireK8sDeployer.Serving.Http;

/// <summary>Whether a request says that its body is plain JSON in UTF-8.</summary>
internal static class JsonMediaType
{
    private const string Plain = "application/json";

    public static bool Is(HttpRequest request)
    {
        var contentType = request.ContentType;
        return (string.Equals(contentType, Plain, StringComparison.OrdinalIgnoreCase) || IsWithParameters(contentType))
            && IsNotEncoded(request);
    }

    private static bool IsWithParameters(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(Plain, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    // Request decompression, where the application uses it, has removed the header by now.
    private static bool IsNotEncoded(HttpRequest request) =>
        request.Headers.ContentEncoding is [] or ["identity"];
}
