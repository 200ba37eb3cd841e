using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>Runs the code of a pipeline.</summary>
/// <param name="arguments">The values of <see cref="PipelineDefinition.Parameters"/>, in their order.</param>
/// <param name="run">The run.</param>
/// <param name="services">The run's services; null when the pipeline uses none.</param>
internal delegate Task<object?> PipelineHandler(object?[] arguments, PipelineRun run, IServiceProvider? services);

/// <summary>A pipeline as it was mapped: everything about its code that can be known before the first request.</summary>
internal sealed class PipelineDefinition
{
    public required string Name { get; init; }

    public required IReadOnlyList<PipelineParameter> Parameters { get; init; }

    public required bool UsesServices { get; init; }

    public required PipelineHandler Handler { get; init; }

    /// <summary>What the pipeline returns; null when it returns nothing.</summary>
    public required JsonTypeInfo? Output { get; init; }

    public required JsonNode InputSchema { get; init; }

    public required JsonNode OutputSchema { get; init; }
}
