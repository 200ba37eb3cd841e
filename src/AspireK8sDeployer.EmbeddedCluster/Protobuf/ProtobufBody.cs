using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Protobuf;

/// <summary>
/// Turns the body of a client that speaks protobuf (Go clients with generated types do, kubectl create among them) into JSON,
/// which it then takes the way of every body.
/// </summary>
internal static class ProtobufBody
{
    public const string ContentType = "application/vnd.kubernetes.protobuf";

    private static readonly byte[] Magic = [0x6b, 0x38, 0x73, 0x00];
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    public static JsonObject ToJson(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic))
        {
            throw ApiException.BadRequest("provided data does not appear to be a protobuf message, expected prefix 6b387300");
        }

        try
        {
            return Envelope(body[Magic.Length..]);
        }
        catch (FormatException problem)
        {
            throw ApiException.BadRequest($"proto: {problem.Message}");
        }
    }

    private static JsonObject Envelope(ReadOnlySpan<byte> message)
    {
        string version = "", kind = "";
        ReadOnlySpan<byte> raw = default;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                var type = new ProtobufReader(reader.Bytes);
                while (type.Read())
                {
                    (version, kind) = type.Field == 1 ? (Text(type.Bytes), kind) : (version, Text(type.Bytes));
                }
            }
            else if (reader.Field == 2)
            {
                raw = reader.Bytes;
            }
        }

        var slash = version.IndexOf('/', StringComparison.Ordinal);
        var model = kind == "DeleteOptions" ? typeof(V1DeleteOptions)
            : KubernetesModels.Find(slash < 0 ? "" : version[..slash], version[(slash + 1)..], kind);
        if (model is null)
        {
            throw ApiException.BadRequest($"no kind \"{kind}\" is registered for version \"{version}\" in scheme \"pkg/runtime/scheme.go:111\"");
        }

        var json = new JsonObject { ["kind"] = kind, ["apiVersion"] = version };
        Fill(json, raw, FieldNumbers.Of(model));
        return json;
    }

    private static void Fill(JsonObject target, ReadOnlySpan<byte> message, IReadOnlyDictionary<int, FieldNumbers.Field> fields)
    {
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (!fields.TryGetValue(reader.Field, out var field))
            {
                continue; // from a newer client
            }

            if (field.Inline is { } inline)
            {
                Fill(target, reader.Bytes, inline);
            }
            else
            {
                Set(target, field.Name, Nullable.GetUnderlyingType(field.Type!) ?? field.Type!, reader);
            }
        }
    }

    private static void Set(JsonObject target, string name, Type type, ProtobufReader reader)
    {
        if (!type.IsGenericType)
        {
            if (Value(type, reader) is { } value)
            {
                target[name] = value;
            }

            return;
        }

        var arguments = type.GetGenericArguments();
        if (arguments.Length == 1)
        {
            if (target[name] is not JsonArray list)
            {
                list = [];
                target[name] = list;
            }

            list.Add(Value(arguments[0], reader));
            return;
        }

        if (target[name] is not JsonObject map)
        {
            map = [];
            target[name] = map;
        }

        var entry = new ProtobufReader(reader.Bytes);
        var key = "";
        JsonNode? content = null;
        while (entry.Read())
        {
            if (entry.Field == 1)
            {
                key = Text(entry.Bytes);
            }
            else
            {
                content = Value(arguments[1], entry);
            }
        }

        map[key] = content ?? Value(arguments[1], default);
    }

    private static JsonNode? Value(Type type, ProtobufReader reader)
    {
        if (type == typeof(string))
        {
            return Text(reader.Bytes);
        }

        if (type == typeof(bool))
        {
            return reader.Number != 0;
        }

        if (type == typeof(int) || type == typeof(long))
        {
            return reader.Number;
        }

        if (type == typeof(double))
        {
            return BitConverter.Int64BitsToDouble(reader.Number);
        }

        if (type == typeof(byte[]))
        {
            return Convert.ToBase64String(reader.Bytes);
        }

        if (type == typeof(DateTime))
        {
            return Time(reader.Bytes);
        }

        if (type == typeof(IntOrString))
        {
            return NumberOrText(reader.Bytes);
        }

        if (type == typeof(ResourceQuantity))
        {
            return FirstText(reader.Bytes);
        }

        if (type == typeof(object))
        {
            // Free JSON travels as text in a message of one field.
            var raw = FirstText(reader.Bytes);
            return raw.Length == 0 ? null : JsonNode.Parse(raw);
        }

        if (type.IsGenericType)
        {
            return Texts(reader.Bytes); // a list as a map's value: a message of one repeated field
        }

        var obj = new JsonObject();
        Fill(obj, reader.Bytes, FieldNumbers.Of(type));
        return obj;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static string FirstText(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        return reader.Read() ? Text(reader.Bytes) : "";
    }

    private static JsonArray Texts(ReadOnlySpan<byte> message)
    {
        var texts = new JsonArray();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            texts.Add((JsonNode)Text(reader.Bytes));
        }

        return texts;
    }

    private static JsonValue NumberOrText(ReadOnlySpan<byte> message)
    {
        long kind = 0, number = 0;
        var text = "";
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    kind = reader.Number;
                    break;
                case 2:
                    number = reader.Number;
                    break;
                default:
                    text = Text(reader.Bytes);
                    break;
            }
        }

        return kind == 0 ? JsonValue.Create(number) : JsonValue.Create(text);
    }

    // An empty message is no time at all.
    private static JsonValue? Time(ReadOnlySpan<byte> message)
    {
        long seconds = 0, nanoseconds = 0;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            (seconds, nanoseconds) = reader.Field == 1 ? (reader.Number, nanoseconds) : (seconds, reader.Number);
        }

        if (seconds == 0 && nanoseconds == 0)
        {
            return null;
        }

        var time = Epoch.AddSeconds(seconds).AddTicks(nanoseconds / 100);
        return JsonValue.Create(nanoseconds == 0
            ? Metadata.Timestamp(time)
            : time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }
}
