using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Chooses an answer's format from an <c>Accept</c> header.</summary>
internal static class AcceptHeader
{
    private const string Known = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /// <summary>The first clause that the server can serve; 406 when there is none.</summary>
    /// <param name="header">The header; null accepts anything.</param>
    /// <param name="shapes">What else than the plain object can be had here.</param>
    public static AnswerFormat Choose(string? header, params ReadOnlySpan<AnswerShape> shapes)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return AnswerFormat.Json;
        }

        var typeIsKnown = false;
        foreach (var clause in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = clause.Split(';', StringSplitOptions.TrimEntries);
            var type = parts[0].ToLowerInvariant();
            typeIsKnown |= type is "*/*" or "application/*" or "application/json" or "application/yaml" or "application/vnd.kubernetes.protobuf";
            var yaml = type == "application/yaml";
            if (!yaml && type is not ("*/*" or "application/*" or "application/json"))
            {
                continue;
            }

            if (Shape(parts, clause, yaml) is { } format && (format.Shape == AnswerShape.Object || shapes.Contains(format.Shape)))
            {
                return format;
            }
        }

        throw typeIsKnown
            ? new ApiException(406, "NotAcceptable", $"only the following media types are accepted: {Known}")
            : new ApiException(406, "NotAcceptable", $"406: Not Acceptable\n\nAvailable representations: {Known}", new StatusDetails());
    }

    private static AnswerFormat? Shape(string[] parts, string clause, bool yaml)
    {
        string kind = "", version = "", group = "";
        foreach (var parameter in parts.AsSpan(1))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? "" : parameter[(equals + 1)..];
            switch (equals < 0 ? parameter : parameter[..equals])
            {
                case "as":
                    kind = value;
                    break;
                case "v":
                    version = value;
                    break;
                case "g":
                    group = value;
                    break;
                default:
                    break; // q, charset, stream, profile: nothing that we would answer differently for
            }
        }

        if (kind.Length == 0)
        {
            return new AnswerFormat(AnswerShape.Object, "", yaml, yaml ? "application/yaml" : "application/json");
        }

        return (kind, group, version) switch
        {
            ("Table", "meta.k8s.io", "v1" or "v1beta1") => Found(AnswerShape.Table),
            ("PartialObjectMetadata", "meta.k8s.io", "v1" or "v1beta1") => Found(AnswerShape.PartialObjectMetadata),
            ("PartialObjectMetadataList", "meta.k8s.io", "v1" or "v1beta1") => Found(AnswerShape.PartialObjectMetadataList),
            ("APIGroupDiscoveryList", "apidiscovery.k8s.io", "v2" or "v2beta1") => Found(AnswerShape.AggregatedDiscovery),
            _ => null,
        };

        AnswerFormat Found(AnswerShape shape) => new(shape, version, yaml, shape == AnswerShape.AggregatedDiscovery
            ? $"application/json;g={group};v={version};as={kind}"
            : yaml ? "application/yaml" : "application/json");
    }
}
