using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AspireK8sDeployer.Serving.Validation;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>A parameter of a pipeline that is read from the body of an invocation.</summary>
internal sealed class PipelineParameter
{
    /// <summary>The name in JSON, ready to be written.</summary>
    public required JsonEncodedText Name { get; init; }

    /// <summary>The name in JSON, ready to be compared.</summary>
    public required byte[] Utf8Name { get; init; }

    public required JsonTypeInfo Type { get; init; }

    public required bool AcceptsNull { get; init; }

    /// <summary>What holds when the parameter is left out; null when it may not be.</summary>
    public required ParameterDefault? Default { get; init; }

    /// <summary>What its value must fulfil beyond its type; null when that is nothing.</summary>
    public required ValueRules? Rules { get; init; }

    public required JsonNode Schema { get; init; }
}
