namespace AspireK8sDeployer.EmbeddedCluster.Schema;

internal enum ScalarKind
{
    String,
    Boolean,
    Int32,
    Int64,
    Number,

    /// <summary>A number or a text, such as <c>8080</c> or <c>"25%"</c>.</summary>
    IntOrString,

    /// <summary>An amount, such as <c>500m</c> or <c>2Gi</c>; written in its canonical form.</summary>
    Quantity,

    /// <summary>A time, to the second.</summary>
    Time,

    /// <summary>A time, to the microsecond.</summary>
    MicroTime,

    /// <summary>Base64 text.</summary>
    Bytes,
}
