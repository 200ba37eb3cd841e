using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>The three patches that are not applies. Each gives the whole patched object, decoded and not yet defaulted.</summary>
internal static class Patches
{
    /// <summary>RFC 6902.</summary>
    /// <exception cref="ApiException">400 for a body that is no patch, 422 for one that does not fit the object.</exception>
    public static DecodedObject JsonPatch(ResourceDefinition resource, JsonObject live, ReadOnlySpan<byte> patch, FieldValidation validation)
    {
        var operations = JsonPatchOperation.ReadAll(patch);
        var document = new PatchedDocument(live);
        foreach (var operation in operations)
        {
            JsonPatcher.Apply(document, operation);
        }

        return Decode(resource, document, [], validation);
    }

    /// <summary>RFC 7396.</summary>
    /// <exception cref="ApiException">400 for a body that is no patch, 422 for one that does not fit the object.</exception>
    public static DecodedObject MergePatch(ResourceDefinition resource, JsonObject live, ReadOnlySpan<byte> patch, FieldValidation validation)
    {
        var changes = PatchBody.ReadObject(patch, out var problems);
        var document = new PatchedDocument(live);
        MergePatcher.Merge(document, document.Root, changes);
        return Decode(resource, document, problems, validation);
    }

    /// <summary>The server's own merge, which knows the keys of lists.</summary>
    /// <exception cref="ApiException">400, 422 or 500, as the server has it.</exception>
    public static DecodedObject StrategicMergePatch(ResourceDefinition resource, JsonObject live, ReadOnlySpan<byte> patch, FieldValidation validation)
    {
        if (resource.Model is null)
        {
            throw new ApiException(
                415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: "
                + "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
        }

        var changes = PatchBody.ReadObject(patch, out var problems);
        var schema = ObjectSchemas.Of(resource);
        var patched = StrategicMerge.Apply(schema, (JsonObject)live.DeepClone(), changes);
        try
        {
            StrategicFit.Check(schema, patched);
            var obj = ObjectTypes.Conform(resource, patched, out var unknown);
            return BodyReader.Accept(obj, [.. problems, .. unknown], validation);
        }
        catch (DecodeException problem)
        {
            // The merge took the patch apart.
            throw Misfit(ServerText.Of(PatchBody.ReadObject(patch, out _)), problem);
        }
    }

    private static DecodedObject Decode(
        ResourceDefinition resource, PatchedDocument document, IReadOnlyList<string> problems, FieldValidation validation)
    {
        try
        {
            PatchBody.RequireKind(resource, document.Root);
            FormerVersions.Default(document.Root);
            var obj = ObjectTypes.Conform(resource, document.Ordered(ObjectSchemas.Of(resource)), out var unknown);
            return BodyReader.Accept(obj, [.. problems, .. unknown], validation);
        }
        catch (DecodeException problem)
        {
            throw Misfit(document.ToText(ObjectSchemas.Of(resource)), problem);
        }
    }

    private static ApiException Misfit(string patch, DecodeException problem) => ApiException.Invalid(
        "", "", "", [new StatusCause("FieldValueInvalid", $"Invalid value: {ServerText.Quote(patch)}: {problem.Message}", "patch")]);
}
