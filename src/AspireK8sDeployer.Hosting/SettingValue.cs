using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.Hosting;

/// <summary>The value of a setting, or the parameter or expression that gives it when the AppHost is published or deployed.</summary>
/// <typeparam name="T">The setting's type: text, a number, a truth value, a duration or one of several names.</typeparam>
/// <remarks>
/// Values convert by themselves, so one writes <c>i.Host = "greeter.example.com"</c> as well as <c>i.Host = host.Resource</c> of
/// <c>var host = builder.AddParameter("host")</c>. The text of a parameter is read in the invariant culture; one without a value, one that
/// cannot be read, and a secret one, which the cluster's objects would show, are reported with all other mistakes.
/// </remarks>
/// <example>
/// <code>
/// var replicas = builder.AddParameter("replicas");
/// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
///        .WithResources(cpu: 2, minReplicas: replicas.Resource);
/// </code>
/// </example>
public sealed class SettingValue<T> : IEquatable<SettingValue<T>>
{
    private readonly T? _value;

    private SettingValue(T? value, IExpressionValue? source) => (_value, Source) = (value, source);

    /// <summary>What gives the value later; null when it is here.</summary>
    internal IExpressionValue? Source { get; }

    /// <summary>The value, which is here once <see cref="Source"/> was asked.</summary>
    internal T Value => Source is null ? _value! : throw new InvalidOperationException($"The value of {Source.ValueExpression} has not been read.");

    /// <summary>A value that is known.</summary>
    /// <param name="value">The value.</param>
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator SettingValue<T>?(T? value) => value is null ? null : new SettingValue<T>(value, null);

    /// <summary>The value of a parameter.</summary>
    /// <param name="parameter">The parameter; not a secret one.</param>
    [return: NotNullIfNotNull(nameof(parameter))]
    public static implicit operator SettingValue<T>?(ParameterResource? parameter) => From(parameter);

    /// <summary>Text that parameters are a part of.</summary>
    /// <param name="expression">The text, for example <c>ReferenceExpression.Create($"{team}.example.com")</c>.</param>
    [return: NotNullIfNotNull(nameof(expression))]
    public static implicit operator SettingValue<T>?(ReferenceExpression? expression) => From(expression);

    /// <summary>Whether both are the same value, or are given by the same parameter or expression.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another value.</param>
    public static bool operator ==(SettingValue<T>? left, SettingValue<T>? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they differ.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another value.</param>
    public static bool operator !=(SettingValue<T>? left, SettingValue<T>? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(SettingValue<T>? other) =>
        other is not null && ReferenceEquals(Source, other.Source) && EqualityComparer<T>.Default.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SettingValue<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Source, _value);

    /// <summary>The value, or the expression that gives it, for example <c>{host.value}</c>.</summary>
    public override string ToString() => Source?.ValueExpression ?? Convert.ToString(_value, CultureInfo.InvariantCulture) ?? "";

    private static SettingValue<T>? From(IExpressionValue? source) => source is null ? null : new SettingValue<T>(default, source);
}
