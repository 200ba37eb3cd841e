using k8s;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Objects that are deployed with the pipeline, owned by it, and removed with it.</summary>
/// <remarks>
/// They are in the deployment's namespace, which they may leave out; one of another is a mistake. So is what is in no
/// namespace, because no deployment can own it. A volume claim that is no longer asked for is kept until the deployment is deleted, because what
/// is in it would go too.
/// </remarks>
public sealed class AdditionalResource
{
    private AdditionalResource(string source, string? yaml, IKubernetesObject? model) => (Source, Yaml, Model) = (source, yaml, model);

    /// <summary>Where it comes from, for messages: a file's path, or the model's kind.</summary>
    public string Source { get; }

    internal string? Yaml { get; }

    internal IKubernetesObject? Model { get; }

    /// <summary>One object or several, as YAML or JSON; lists of objects and several documents are taken apart.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="source">Where it comes from, for messages, such as the file's path.</param>
    public static AdditionalResource FromYaml(string yaml, string source)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return new AdditionalResource(source, yaml, null);
    }

    /// <summary>One object, as a model of KubernetesClient such as <c>V1ConfigMap</c>.</summary>
    /// <param name="model">The object.</param>
    public static AdditionalResource FromObject(IKubernetesObject model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new AdditionalResource(model.GetType().Name, null, model);
    }

    /// <summary>Where it comes from; never what is in it, which may be secret.</summary>
    public override string ToString() => Source;
}
