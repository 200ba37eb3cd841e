using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>Reads the body of a create or an update, and says in the server's words why it cannot.</summary>
internal static class BodyReader
{
    private const int MostOfBodyShown = 30;

    public static DecodedObject Read(ResourceDefinition resource, ReadOnlySpan<byte> body, bool yaml, FieldValidation validation)
    {
        var json = yaml ? FromYaml(resource, body) : body;
        var (version, kind) = KindOf(resource, json);
        try
        {
            RequireKind(resource, version, kind);
            var schema = ObjectSchemas.Of(resource);
            var isNull = json.Trim(" \t\r\n"u8).SequenceEqual("null"u8);
            IReadOnlyList<string> problems = [];
            var obj = isNull ? BodyDecoder.Zero(schema) : BodyDecoder.Decode(json, schema, out problems);
            return Accept(ObjectTypes.Typed(resource, obj), problems, validation);
        }
        catch (DecodeException problem)
        {
            var slash = version.IndexOf('/', StringComparison.Ordinal);
            throw ApiException.BadRequest($"{kind} in version \"{version[(slash + 1)..]}\" cannot be handled as a {resource.Kind}: {problem.Message}");
        }
    }

    /// <summary>Deals with fields that the kind does not have as the request asks.</summary>
    /// <exception cref="DecodeException">There are some, and the request wants none.</exception>
    public static DecodedObject Accept(JsonObject obj, IReadOnlyList<string> problems, FieldValidation validation) => validation switch
    {
        FieldValidation.Strict when problems.Count > 0 =>
            throw new DecodeException($"strict decoding error: {string.Join(", ", problems)}"),
        FieldValidation.Warn => new DecodedObject(obj, problems),
        _ => new DecodedObject(obj, []),
    };

    private static byte[] FromYaml(ResourceDefinition resource, ReadOnlySpan<byte> body)
    {
        try
        {
            return YamlBody.ToJson(body);
        }
        catch (DecodeException problem)
        {
            throw Unrecognized(resource, body, $"couldn't get version/kind; yaml parse error: {problem.Message}");
        }
    }

    /// <summary>The version and kind that the body names, or else the ones that the address names.</summary>
    private static (string Version, string Kind) KindOf(ResourceDefinition resource, ReadOnlySpan<byte> json)
    {
        string version = "", kind = "";
        try
        {
            var reader = new Utf8JsonReader(json, BodyDecoder.ReaderOptions);
            reader.Read();
            var type = reader.TokenType;
            if (type is not (JsonTokenType.StartObject or JsonTokenType.Null))
            {
                throw Unrecognized(resource, json, $"couldn't get version/kind; json parse error: json: cannot unmarshal {Found(type)} "
                    + "into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }");
            }

            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                var isVersion = reader.ValueTextEquals("apiVersion"u8);
                if (isVersion || reader.ValueTextEquals("kind"u8))
                {
                    reader.Read();
                    var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
                    (version, kind) = isVersion ? (text, kind) : (version, text);
                }
            }
        }
        catch (JsonException)
        {
            throw Unrecognized(resource, json, $"couldn't get version/kind; json parse error: {JsonSyntax.Problem(json) ?? "exceeded max depth"}");
        }

        if (version.AsSpan().Count('/') > 1)
        {
            throw Unrecognized(resource, json, $"unexpected GroupVersion string: {version}");
        }

        return (version.Length == 0 ? resource.ApiVersion : version, kind.Length == 0 ? resource.Kind : kind);
    }

    private static void RequireKind(ResourceDefinition resource, string version, string kind)
    {
        if (version == resource.ApiVersion && kind == resource.Kind)
        {
            return;
        }

        var slash = version.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : version[..slash];
        var shortVersion = version[(slash + 1)..];
        throw KubernetesModels.Find(group, shortVersion, kind) is null
            ? new DecodeException($"no kind \"{kind}\" is registered for version \"{version}\" in scheme \"pkg/runtime/scheme.go:111\"")
            : new DecodeException($"converting ({shortVersion}.{kind}) to ({Package(resource.Group)}.{resource.Kind}): unknown conversion");
    }

    private static string Package(string group) => group.Length == 0 ? "core" : group.Split('.')[0];

    private static string Found(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "array",
        JsonTokenType.String => "string",
        JsonTokenType.Number => "number",
        _ => "bool",
    };

    private static ApiException Unrecognized(ResourceDefinition resource, ReadOnlySpan<byte> body, string problem) =>
        ApiException.BadRequest($"the object provided is unrecognized (must be of type {resource.Kind}): {problem} ({Shown(body)})");

    private static string Shown(ReadOnlySpan<byte> body)
    {
        var shown = body[..Math.Min(body.Length, MostOfBodyShown)];
        var more = shown.Length < body.Length ? " ..." : "";
        return body switch
        {
            [] => "<empty>",
            [(byte)'{', ..] => Encoding.UTF8.GetString(shown) + more,
            _ => Convert.ToHexString(shown).ToLower(CultureInfo.InvariantCulture) + more,
        };
    }
}
