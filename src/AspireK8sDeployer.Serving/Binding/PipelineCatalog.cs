using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>The pipelines that the application serves.</summary>
internal sealed partial class PipelineCatalog
{
    private readonly PipelineDefinitionFactory _factory;

    public PipelineCatalog(IOptions<PipelineOptions> options, IServiceProviderIsService services)
    {
        Options = options.Value;
        Options.SerializerOptions.MakeReadOnly(populateMissingResolver: true);
        _factory = new PipelineDefinitionFactory(Options.SerializerOptions, services);
    }

    public PipelineOptions Options { get; }

    /// <summary>The pipeline that is served; null before it is mapped.</summary>
    public PipelineDefinition? Pipeline { get; private set; }

    public PipelineDefinition Add(string name, Delegate handler)
    {
        if (!ValidName.IsMatch(name))
        {
            throw new MappingException(name, "has a name that cannot be part of an address", "use letters, digits, '-', '_' and '.', at most 63");
        }

        if (Pipeline is not null)
        {
            throw new MappingException(name, $"is the second one of this application, after '{Pipeline.Name}'", "serve each pipeline from a project of its own");
        }

        return Pipeline = _factory.Create(name, handler);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")]
    private static partial Regex ValidName { get; }
}
