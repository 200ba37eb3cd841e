using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

internal enum AdmissionOperation
{
    Create,
    Update,
    Delete,
}

/// <summary>A write on its way to the store.</summary>
/// <param name="Write">Who writes what.</param>
/// <param name="Operation">What is done.</param>
/// <param name="Object">The object as it would be stored; null for a deletion.</param>
/// <param name="Old">The object as it is stored; null for a creation.</param>
internal sealed record AdmissionRequest(WriteRequest Write, AdmissionOperation Operation, JsonObject? Object, JsonObject? Old)
{
    /// <summary>
    /// What a refusal before the object has its final form calls it: a server generates names only after that, so that it
    /// says <c>orders-5d8f-</c>, the same for every pod of a ReplicaSet.
    /// </summary>
    public string EarlyName =>
        Operation == AdmissionOperation.Create && Object?["metadata"]?["generateName"]?.GetValue<string>() is { Length: > 0 } prefix
        && Write.Name.Length == prefix.Length + GeneratedNames.SuffixLength && Write.Name.StartsWith(prefix, StringComparison.Ordinal)
            ? prefix
            : Write.Name;

    /// <summary>True for a creation or change of the object itself, as opposed to a subresource.</summary>
    public bool IsMain => Write.Subresource is null;

    /// <summary>True when the kind is a core one of this name.</summary>
    public bool IsCore(string kind) => Write.Resource.Group.Length == 0 && Write.Resource.Kind == kind;
}
