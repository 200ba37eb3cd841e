namespace Aspire.Hosting.ApplicationModel;

public class ParameterResource : Resource, IExpressionValue
{
    private readonly Func<ParameterDefault?, string> _callback;
    private Lazy<string> _value;

    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);

        _callback = callback;
        _value = new Lazy<string>(() => _callback(Default));
        Secret = secret;
    }

    public bool Secret { get; }

    public string? Description { get; set; }

    public bool EnableDescriptionMarkdown { get; set; }

    public bool IsConnectionString { get; set; }

    public ParameterDefault? Default { get; set; }

    public string ValueExpression => $"{{{Name}.value}}";

    internal string ConfigurationKey => IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(_value.Value);

    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);

    /// <summary>Gives the parameter the value that somebody answered, when it had none.</summary>
    internal void Answer(string value) => _value = new Lazy<string>(value);
}

public abstract class ParameterDefault
{
    private protected ParameterDefault()
    {
    }

    public abstract string GetDefaultValue();
}
