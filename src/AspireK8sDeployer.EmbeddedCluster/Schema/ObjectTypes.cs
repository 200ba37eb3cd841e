using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Defaults;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Validation;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>What the server knows of its kinds: how bodies are read, completed and checked. Pure functions over objects.</summary>
internal static class ObjectTypes
{
    /// <summary>
    /// Reads a body. The result has the kind's own fields only, in the form in which the server answers them, and is not defaulted.
    /// </summary>
    /// <exception cref="ApiException">400 with the server's text.</exception>
    public static DecodedObject Decode(ResourceDefinition resource, ReadOnlySpan<byte> body, bool yaml, FieldValidation validation) =>
        BodyReader.Read(resource, body, yaml, validation);

    /// <summary>An object of the kind with nothing set: what a new object is compared with.</summary>
    public static JsonObject Empty(ResourceDefinition resource) => Typed(resource, BodyDecoder.Zero(ObjectSchemas.Of(resource)));

    /// <summary>Brings an object that was put together, by a merge or by a controller, into the form that decoding gives.</summary>
    /// <exception cref="DecodeException">A value is of the wrong type.</exception>
    public static JsonObject Conform(ResourceDefinition resource, JsonObject obj) => Conform(resource, obj, out _);

    /// <inheritdoc cref="Conform(ResourceDefinition, JsonObject)"/>
    /// <param name="resource">The kind.</param>
    /// <param name="obj">The object; not changed.</param>
    /// <param name="problems">Fields that the kind does not have.</param>
    public static JsonObject Conform(ResourceDefinition resource, JsonObject obj, out IReadOnlyList<string> problems) =>
        Typed(resource, BodyDecoder.Decode(Encoding.UTF8.GetBytes(obj.ToJsonString()), ObjectSchemas.Of(resource), out problems));

    /// <summary>Fills in, in place, what the object leaves to the server.</summary>
    public static void Default(ResourceDefinition resource, JsonObject obj) => ObjectDefaults.Apply(resource, obj);

    /// <summary>Prepares a new object in place: no status yet, generation 1.</summary>
    public static void PrepareForCreate(ResourceDefinition resource, JsonObject obj) => Preparation.ForCreate(resource, obj);

    /// <summary>
    /// Prepares a changed object in place: what the request cannot change stays, and the generation counts changes of what is wanted.
    /// </summary>
    public static void PrepareForUpdate(ResourceDefinition resource, JsonObject obj, JsonObject old, string? subresource = null) =>
        Preparation.ForUpdate(resource, obj, old, subresource);

    /// <summary>What is wrong with a new object, in the server's order; empty when nothing is.</summary>
    public static IReadOnlyList<FieldError> ValidateCreate(ResourceDefinition resource, JsonObject obj) =>
        ObjectValidation.Create(resource, obj);

    /// <summary>What is wrong with a change, in the server's order; empty when nothing is.</summary>
    public static IReadOnlyList<FieldError> ValidateUpdate(
        ResourceDefinition resource, JsonObject obj, JsonObject old, string? subresource = null) =>
        ObjectValidation.Update(resource, obj, old, subresource);

    /// <summary>Texts for the <c>Warning</c> header about an accepted object; <paramref name="old"/> is null for a new one.</summary>
    public static IReadOnlyList<string> Warnings(ResourceDefinition resource, JsonObject obj, JsonObject? old) =>
        ObjectWarnings.Of(resource, obj, old);

    /// <summary>The object with its kind and version, first.</summary>
    internal static JsonObject Typed(ResourceDefinition resource, JsonObject obj)
    {
        obj.Remove("kind");
        obj.Remove("apiVersion");
        obj.Insert(0, "kind", resource.Kind);
        obj.Insert(1, "apiVersion", resource.ApiVersion);
        return obj;
    }
}
