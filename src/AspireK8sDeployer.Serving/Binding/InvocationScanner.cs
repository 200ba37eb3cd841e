using System.Text.Json;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>The first pass over the body of an invocation: what is there, and where.</summary>
internal ref struct InvocationScanner
{
    /// <summary>The name in <see cref="BindingErrors"/> of the body as a whole.</summary>
    private const string Body = "$";

    private const string Parameters = "parameters";
    private const string RunNameField = "run_name";
    private const string TimeoutField = "timeout";
    private const string Repeated = "is given more than once";
    private const int LongestRunName = 200;

    private readonly PipelineDefinition _pipeline;
    private readonly PipelineOptions _options;
    private readonly BindingErrors _errors;
    private TokenReader _reader;
    private bool _hasParameters;

    public InvocationScanner(ReadOnlySpan<byte> body, PipelineDefinition pipeline, PipelineOptions options, BindingErrors errors)
    {
        _pipeline = pipeline;
        _options = options;
        _errors = errors;
        _reader = new TokenReader(body, options.SerializerOptions);
        Given = new GivenValue[pipeline.Parameters.Count];
        Timeout = options.DefaultTimeout;
    }

    /// <summary>Where the values of the parameters are, in the pipeline's order.</summary>
    public GivenValue[] Given { get; }

    public string? RunName { get; private set; }

    public TimeSpan Timeout { get; private set; }

    /// <summary>Reads the whole body, and returns whether it is of a shape in which parameters can be looked for.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public bool Scan()
    {
        _reader.Read();
        var isObject = _reader.TokenType == JsonTokenType.StartObject;
        var hasRoom = isObject;
        if (isObject)
        {
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                hasRoom &= ScanField();
            }
        }
        else
        {
            _errors.Add(Body, "must be an object, such as {\"parameters\":{}}");
        }

        while (_reader.Read())
        {
            // What is left must at least be JSON.
        }

        return hasRoom;
    }

    private bool ScanField()
    {
        if (_reader.TextEquals("parameters"u8))
        {
            return ScanParameters();
        }

        if (_reader.TextEquals("run_name"u8))
        {
            ScanRunName();
        }
        else if (_reader.TextEquals("timeout"u8))
        {
            ScanTimeout();
        }
        else if (_reader.TextEquals("skip_artifact_materialization"u8) || _reader.TextEquals("use_in_memory"u8))
        {
            // ZenML's clients send it; there are no artifacts here.
            _reader.ReadValue();
        }
        else
        {
            _errors.Add(_reader.GetString(), "is not a field of an invocation; parameters go into \"parameters\"");
            _reader.ReadValue();
        }

        return true;
    }

    private bool ScanParameters()
    {
        if (_hasParameters)
        {
            _errors.Add(Parameters, Repeated);
        }

        _hasParameters = true;
        _reader.Read();
        switch (_reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.StartObject:
                while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
                {
                    ScanParameter();
                }

                return true;
            default:
                _errors.Add(Parameters, "must be an object with one member for each parameter");
                _reader.SkipChildren();
                return false;
        }
    }

    private void ScanParameter()
    {
        var index = Find();
        if (index < 0)
        {
            _errors.Add(_reader.GetString(), Unknown());
            _reader.ReadValue();
            return;
        }

        if (!Given[index].IsMissing)
        {
            _errors.Add(_pipeline.Parameters[index].Name.Value, Repeated);
        }

        Given[index] = _reader.ReadValue();
    }

    private readonly int Find()
    {
        var parameters = _pipeline.Parameters;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (_reader.TextEquals(parameters[i].Utf8Name))
            {
                return i;
            }
        }

        if (_options.SerializerOptions.PropertyNameCaseInsensitive)
        {
            var name = _reader.GetString();
            for (var i = 0; i < parameters.Count; i++)
            {
                if (string.Equals(parameters[i].Name.Value, name, StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private readonly string Unknown() => _pipeline.Parameters.Count == 0
        ? "is not a parameter of this pipeline, which has none"
        : $"is not a parameter of this pipeline, which has {string.Join(", ", _pipeline.Parameters.Select(parameter => parameter.Name.Value))}";

    private void ScanRunName()
    {
        _reader.Read();
        switch (_reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.String when _reader.GetString() is { Length: > 0 and <= LongestRunName } name && !name.Any(char.IsControl):
                RunName = name;
                break;
            default:
                _errors.Add(RunNameField, $"must be a string of 1 to {LongestRunName} characters, none of them a control character");
                _reader.SkipChildren();
                break;
        }
    }

    private void ScanTimeout()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (_reader.TryGetDouble(out var seconds) && seconds > 0 && seconds <= _options.MaxTimeout.TotalSeconds)
        {
            Timeout = TimeSpan.FromSeconds(seconds);
            return;
        }

        _errors.Add(TimeoutField, FormattableString.Invariant(
            $"must be a number of seconds greater than 0 and at most {_options.MaxTimeout.TotalSeconds}"));
        _reader.SkipChildren();
    }
}
