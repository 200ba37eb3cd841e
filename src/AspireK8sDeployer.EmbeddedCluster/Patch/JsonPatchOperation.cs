using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>One step of a JSON patch.</summary>
internal sealed record JsonPatchOperation(string Op, string Path, string? From, bool HasValue, JsonNode? Value)
{
    private const int Most = 10_000;

    public static IReadOnlyList<JsonPatchOperation> ReadAll(ReadOnlySpan<byte> patch)
    {
        if (PatchBody.Read(patch) is not JsonArray list)
        {
            var found = JsonBody.TypeName(PatchBody.Read(patch));
            throw PatchBody.Undecodable($"json: cannot unmarshal {found} into Go value of type []handlers.jsonPatchOp");
        }

        return list.Count > Most
            ? throw new ApiException(
                413, "RequestEntityTooLarge", $"Request entity is too large: The allowed maximum operations in a JSON patch is {Most}, got {list.Count}")
            : [.. list.Select(Read)];
    }

    private static JsonPatchOperation Read(JsonNode? item)
    {
        if (item is not JsonObject operation)
        {
            throw PatchBody.Undecodable($"json: cannot unmarshal {JsonBody.TypeName(item)} into Go value of type handlers.jsonPatchOp");
        }

        foreach (var name in (string[])["op", "path", "from"])
        {
            if (operation[name] is { } value && !value.IsText())
            {
                throw PatchBody.Undecodable(
                    $"json: cannot unmarshal {JsonBody.TypeName(value)} into Go struct field jsonPatchOp.{name} of type string");
            }
        }

        return new JsonPatchOperation(
            operation.TextOf("op"), operation.TextOf("path"), operation["from"].AsText(), operation.ContainsKey("value"), operation["value"]);
    }
}
