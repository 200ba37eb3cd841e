using System.Text.Json;
using AspireK8sDeployer.Serving.Validation;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>
/// Binds the body of an invocation to a pipeline's parameters. What is wrong with one of them does not hide what is wrong
/// with the others.
/// </summary>
internal sealed class InvocationReader(PipelineDefinition pipeline, PipelineOptions options)
{
    /// <summary>Binds a body, or returns null when errors were added.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public Invocation? Read(ReadOnlySpan<byte> body, BindingErrors errors)
    {
        var scanner = new InvocationScanner(body, pipeline, options, errors);
        if (!scanner.Scan())
        {
            return null;
        }

        var arguments = new object?[pipeline.Parameters.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = ValueOf(pipeline.Parameters[i], scanner.Given[i], body, errors);
        }

        return errors.Any ? null : new Invocation(arguments, scanner.Given, scanner.RunName, scanner.Timeout);
    }

    private static object? ValueOf(PipelineParameter parameter, GivenValue given, ReadOnlySpan<byte> body, BindingErrors errors)
    {
        if (!given.IsMissing)
        {
            return Deserialize(parameter, given.In(body), given.HoldsHugeNumber, errors);
        }

        if (parameter.Default is null)
        {
            errors.Add(parameter.Name.Value, "is required");
        }

        return parameter.Default?.Value;
    }

    private static object? Deserialize(PipelineParameter parameter, ReadOnlySpan<byte> json, bool holdsHugeNumber, BindingErrors errors)
    {
        var name = parameter.Name.Value;
        if (!parameter.AcceptsNull && json.SequenceEqual("null"u8))
        {
            errors.Add(name, "must not be null");
            return null;
        }

        object? value;
        try
        {
            value = JsonSerializer.Deserialize(json, parameter.Type);
        }
        catch (Exception exception) when (ReadFailure.Is(exception))
        {
            if (!Explain(parameter, json, errors))
            {
                errors.Add(name, "is not valid");
            }

            return null;
        }

        if (!holdsHugeNumber || !Explain(parameter, json, errors))
        {
            parameter.Rules?.Check(value, name, new ValuePath(name), errors);
        }

        return value;
    }

    private static bool Explain(PipelineParameter parameter, ReadOnlySpan<byte> json, BindingErrors errors)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions
        {
            AllowTrailingCommas = parameter.Type.Options.AllowTrailingCommas,
            CommentHandling = parameter.Type.Options.ReadCommentHandling,
            MaxDepth = parameter.Type.Options.MaxDepth,
        });
        using var document = JsonDocument.ParseValue(ref reader);
        return new ValueExplainer(new ValuePath(parameter.Name.Value), errors)
            .Explain(document.RootElement, parameter.Type, parameter.Rules);
    }
}
