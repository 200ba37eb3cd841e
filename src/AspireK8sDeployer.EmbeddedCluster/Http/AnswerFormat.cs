namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>What an answer looks like.</summary>
internal enum AnswerShape
{
    /// <summary>The object or list itself.</summary>
    Object,

    Table,

    PartialObjectMetadata,

    PartialObjectMetadataList,

    /// <summary>Discovery of all groups at once.</summary>
    AggregatedDiscovery,
}

/// <summary>What the client will take, in the form the server has chosen.</summary>
/// <param name="Shape">The form.</param>
/// <param name="Version">The version of a Table, partial metadata or discovery.</param>
/// <param name="Yaml">YAML instead of JSON.</param>
/// <param name="ContentType">The whole content type that the client asked for.</param>
internal sealed record AnswerFormat(AnswerShape Shape, string Version, bool Yaml, string ContentType)
{
    public static readonly AnswerFormat Json = new(AnswerShape.Object, "", false, "application/json");
}
