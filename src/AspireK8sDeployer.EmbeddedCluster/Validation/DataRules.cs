using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Secrets and ConfigMaps.</summary>
internal static class DataRules
{
    private const int MostBytes = 1024 * 1024;
    private const string Frozen = "field is immutable when `immutable` is set";
    private const string AccountName = "kubernetes.io/service-account.name";

    public static void ConfigMap(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        var binary = obj.Object("binaryData") ?? [];
        var size = 0;
        foreach (var (key, value) in obj.Object("data") ?? [])
        {
            findings.Invalid($"data[{key}]", key, NameRules.ConfigKey(key));
            if (binary.ContainsKey(key))
            {
                findings.Invalid($"data[{key}]", key, "duplicate of key present in binaryData");
            }

            size += Encoding.UTF8.GetByteCount(value.AsText() ?? "");
        }

        foreach (var (key, value) in binary)
        {
            findings.Invalid($"binaryData[{key}]", key, NameRules.ConfigKey(key));
            size += Bytes(value).Length;
        }

        if (size > MostBytes)
        {
            // The empty path of all the data is written like this.
            findings.TooLong("[]", MostBytes);
        }
    }

    public static void ConfigMapUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        Immutable(findings, obj, old, "data", "binaryData");
        ConfigMap(findings, obj);
    }

    public static void Secret(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        var data = obj.Object("data") ?? [];
        var size = 0;
        foreach (var (key, value) in data)
        {
            findings.Invalid($"data[{key}]", key, NameRules.ConfigKey(key));
            size += Bytes(value).Length;
        }

        if (size > MostBytes)
        {
            findings.TooLong("data", MostBytes);
        }

        SecretType(findings, obj, data);
    }

    public static void SecretUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        MetadataRules.Unchanged(findings, "type", obj["type"], old["type"]);
        Immutable(findings, obj, old, "data");
        Secret(findings, obj);
    }

    private static void SecretType(Findings findings, JsonObject obj, JsonObject data)
    {
        switch (obj.TextOf("type"))
        {
            case "kubernetes.io/service-account-token":
                if (string.IsNullOrEmpty(obj["metadata"]?["annotations"]?[AccountName].AsText()))
                {
                    findings.Required($"metadata.annotations[{AccountName}]");
                }

                break;
            case "kubernetes.io/dockercfg":
                Json(findings, data, ".dockercfg");
                break;
            case "kubernetes.io/dockerconfigjson":
                Json(findings, data, ".dockerconfigjson");
                break;
            case "kubernetes.io/basic-auth":
                if (!data.ContainsKey("username") && !data.ContainsKey("password"))
                {
                    findings.Required("data[username]");
                    findings.Required("data[password]");
                }

                break;
            case "kubernetes.io/ssh-auth":
                if (Bytes(data["ssh-privatekey"]).Length == 0)
                {
                    findings.Required("data[ssh-privatekey]");
                }

                break;
            case "kubernetes.io/tls":
                foreach (var key in (string[])["tls.crt", "tls.key"])
                {
                    if (!data.ContainsKey(key))
                    {
                        findings.Required($"data[{key}]");
                    }
                }

                break;
        }
    }

    private static void Json(Findings findings, JsonObject data, string key)
    {
        if (!data.ContainsKey(key))
        {
            findings.Required($"data[{key}]");
            return;
        }

        if (JsonObjectProblem(Bytes(data[key])) is { } problem)
        {
            findings.Invalid($"data[{key}]", "<secret contents redacted>", problem);
        }
    }

    private static string? JsonObjectProblem(byte[] json)
    {
        try
        {
            return JsonBody.Read(json) is var value and not (null or JsonObject)
                ? $"json: cannot unmarshal {JsonBody.TypeName(value)} into Go value of type map[string]interface {{}}"
                : null;
        }
        catch (DecodeException problem)
        {
            return problem.Message;
        }
    }

    private static void Immutable(Findings findings, JsonObject obj, JsonObject old, params string[] fields)
    {
        if (!old.Flag("immutable"))
        {
            return;
        }

        if (!obj.Flag("immutable"))
        {
            findings.Forbidden("immutable", Frozen);
        }

        foreach (var field in fields)
        {
            if (!JsonValues.Same(obj[field], old[field]))
            {
                findings.Forbidden(field, Frozen);
            }
        }
    }

    private static byte[] Bytes(JsonNode? value) => Convert.FromBase64String(value.AsText() ?? "");
}
