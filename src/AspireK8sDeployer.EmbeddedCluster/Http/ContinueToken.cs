using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Where the next page of a list begins, and at which version of the store.</summary>
internal sealed record ContinueToken(long Version, string Start)
{
    public static ContinueToken Parse(string text)
    {
        byte[] json;
        try
        {
            // Not as strict as it could be, as the server is not: bits left over at the end do not matter.
            var padding = new string('=', (4 - (text.Length % 4)) % 4);
            json = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + padding);
        }
        catch (FormatException)
        {
            throw Invalid("illegal base64 data at input byte 0");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var token = document.RootElement;
            if (token.GetProperty("v").GetString() != "meta.k8s.io/v1")
            {
                throw Invalid($"server does not recognize this encoded version {ServerText.Quote(token.GetProperty("v").GetString() ?? "")}");
            }

            return new ContinueToken(token.GetProperty("rv").GetInt64(), token.GetProperty("start").GetString() ?? "");
        }
        catch (JsonException)
        {
            // The first byte tells what the server stumbled over.
            var found = json.Length == 0 ? "unexpected end of JSON input"
                : $"invalid character {Character(json[0])} looking for beginning of value";
            throw Invalid(found);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw Invalid("incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        }
    }

    public override string ToString() => Base64Url.EncodeToString(JsonBytes.Of(new JsonObject
    {
        ["v"] = "meta.k8s.io/v1",
        ["rv"] = Version,
        ["start"] = Start,
    }));

    private static ApiException Invalid(string problem) =>
        ApiException.BadRequest($"invalid continue token: continue key is not valid: {problem}");

    private static string Character(byte value) => value switch
    {
        >= 0x20 and < 0x7f => $"'{(char)value}'",
        _ => $"'\\u{value:x4}'",
    };
}
