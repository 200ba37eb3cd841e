using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>An answer as YAML, for clients that ask for it.</summary>
internal static class YamlAnswer
{
    public static ReadOnlyMemory<byte> FromJson(ReadOnlySpan<byte> json)
    {
        var text = new StringWriter();
        var emitter = new Emitter(text);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            emitter.Emit(EventOf(ref reader));
        }

        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static ParsingEvent EventOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => new MappingStart(),
        JsonTokenType.EndObject => new MappingEnd(),
        JsonTokenType.StartArray => new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Any),
        JsonTokenType.EndArray => new SequenceEnd(),
        JsonTokenType.PropertyName => new Scalar(reader.GetString()!),
        JsonTokenType.String => Text(reader.GetString()!),
        _ => new Scalar(Encoding.UTF8.GetString(reader.ValueSpan)),
    };

    // Text that would be read back as something else is quoted.
    private static Scalar Text(string text)
    {
        var looksLikeText = text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '/')
            && text is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n"
                or "True" or "False" or "Null" or "Yes" or "No" or "On" or "Off" or "TRUE" or "FALSE" or "NULL" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N");
        var style = text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
            : looksLikeText ? ScalarStyle.Any : ScalarStyle.DoubleQuoted;
        return new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true);
    }
}
