using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with values in it that are known only later: a format string, and one provider per hole.</summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    public static readonly ReferenceExpression Empty = new(string.Empty, [], [], []);

    private readonly string[] _manifestExpressions;
    private readonly string?[] _stringFormats;

    private ReferenceExpression(string format, IValueProvider[] valueProviders, string[] manifestExpressions, string?[] stringFormats)
    {
        Format = format;
        ValueProviders = valueProviders;
        _manifestExpressions = manifestExpressions;
        _stringFormats = stringFormats;
    }

    private ReferenceExpression(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
        : this(string.Empty, [.. whenTrue.ValueProviders, .. whenFalse.ValueProviders], [], [])
    {
        Condition = condition;
        MatchValue = matchValue;
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
    }

    public string Format { get; }

    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    public IReadOnlyList<string> ManifestExpressions => _manifestExpressions;

    public IReadOnlyList<string?> StringFormats => _stringFormats;

    public IValueProvider? Condition { get; }

    public string? MatchValue { get; }

    public ReferenceExpression? WhenTrue { get; }

    public ReferenceExpression? WhenFalse { get; }

    [MemberNotNullWhen(true, nameof(Condition), nameof(MatchValue), nameof(WhenTrue), nameof(WhenFalse))]
    public bool IsConditional => Condition is not null;

    public string ValueExpression => IsConditional
        ? $"{{cond-{(Condition as IManifestExpressionProvider)?.ValueExpression.Trim('{', '}').Replace('.', '-') ?? "expr"}.connectionString}}"
        : string.Format(CultureInfo.InvariantCulture, Format, _manifestExpressions);

    IEnumerable<object> IValueWithReferences.References => IsConditional ? [Condition, .. ValueProviders] : ValueProviders;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    public static ReferenceExpression CreateConditional(
        IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentException.ThrowIfNullOrEmpty(matchValue);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(whenFalse);

        return new ReferenceExpression(condition, matchValue, whenTrue, whenFalse);
    }

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (IsConditional)
        {
            var value = await Condition.GetValueAsync(context, cancellationToken);
            var branch = string.Equals(value, MatchValue, StringComparison.OrdinalIgnoreCase) ? WhenTrue : WhenFalse;
            return await branch.GetValueAsync(context, cancellationToken);
        }

        if (Format.Length == 0)
        {
            return null;
        }

        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ValueProviders[i].GetValueAsync(context, cancellationToken);
            values[i] = value is not null && _stringFormats[i] is { } format ? StringFormat.Apply(value, format) : value;
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _format = new(literalLength * 2);
        private readonly List<IValueProvider> _valueProviders = new(formattedCount);
        private readonly List<string> _manifestExpressions = new(formattedCount);
        private readonly List<string?> _stringFormats = new(formattedCount);

        public readonly void AppendLiteral(string value) => _format.Append(Escape(value));

        public readonly void AppendFormatted(string? value) => AppendFormatted(value, format: null);

        public readonly void AppendFormatted(string? value, string? format = null)
        {
            if (value is not null)
            {
                _format.Append(Escape(format is null ? value : StringFormat.Apply(value, format)));
            }
        }

        [Obsolete("ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.", error: true)]
        public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException();

        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider, format: null);

        public void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider
        {
            _format.Append(CultureInfo.InvariantCulture, $"{{{_valueProviders.Count}}}");
            _valueProviders.Add(valueProvider);
            _manifestExpressions.Add(valueProvider.ValueExpression);
            _stringFormats.Add(format);
        }

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider.Resource, format: null);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider.Resource, format);

        internal readonly ReferenceExpression Build() =>
            new(_format.ToString(), [.. _valueProviders], [.. _manifestExpressions], [.. _stringFormats]);

        // A brace of the text itself is doubled, since the text becomes a format string. One that is doubled already stays as it is.
        private static string Escape(string text)
        {
            var escaped = new StringBuilder(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                escaped.Append(text[i]);
                if (text[i] is '{' or '}')
                {
                    escaped.Append(text[i]);
                    i += i + 1 < text.Length && text[i + 1] == text[i] ? 1 : 0;
                }
            }

            return escaped.ToString();
        }
    }
}

/// <summary>The formats a hole of a reference expression may name.</summary>
internal static class StringFormat
{
    public static string Apply(string value, string format) => format.ToLowerInvariant() switch
    {
        "uri" => Uri.EscapeDataString(value),
        _ => throw new NotSupportedException($"The format '{format}' is not known. Use 'uri', which escapes a part of a URI."),
    };
}
