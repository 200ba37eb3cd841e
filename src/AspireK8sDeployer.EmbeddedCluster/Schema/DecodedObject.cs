using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>A body that was understood.</summary>
/// <param name="Object">The object, in the form in which the server answers it.</param>
/// <param name="Warnings">Texts for the <c>Warning</c> header, in order.</param>
internal sealed record DecodedObject(JsonObject Object, IReadOnlyList<string> Warnings);
