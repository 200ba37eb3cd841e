namespace AspireK8sDeployer.EmbeddedCluster.Resources;

/// <summary>A part of an object with an address of its own, such as <c>status</c> or <c>scale</c>.</summary>
/// <param name="Name">The last segment of its path.</param>
/// <param name="Kind">The kind of its body.</param>
/// <param name="Verbs">What can be done with it.</param>
/// <param name="Group">The group of its body's kind, where that is not the resource's own.</param>
/// <param name="Version">The version of its body's kind, where that is not the resource's own.</param>
internal sealed record Subresource(string Name, string Kind, IReadOnlyList<string> Verbs, string Group = "", string Version = "");
