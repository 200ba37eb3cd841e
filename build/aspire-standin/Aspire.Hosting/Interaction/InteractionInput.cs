using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

public enum InputType
{
    Text = 0,
    SecretText = 1,
    Choice = 2,
    Boolean = 3,
    Number = 4,
    File = 5,
}

public sealed class InteractionInput
{
    public required string Name { get; init; }

    public required InputType InputType { get; init; }

    public string? Label { get; init; }

    public string? Description { get; init; }

    public bool EnableDescriptionMarkdown { get; init; }

    public bool Required { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; set; }

    public string? Value { get; set; }

    public string? Placeholder { get; init; }

    public bool AllowCustomChoice { get; init; }

    public bool Disabled { get; set; }

    public int? MaxLength { get; init; }

    internal List<string> ValidationErrors { get; } = [];
}

public sealed class InteractionInputCollection(IReadOnlyList<InteractionInput> inputs) : IReadOnlyList<InteractionInput>
{
    public int Count => inputs.Count;

    public IEnumerable<string> Names => inputs.Select(i => i.Name);

    public InteractionInput this[int index] => inputs[index];

    public InteractionInput this[string name] =>
        TryGetByName(name, out var input) ? input : throw new KeyNotFoundException($"There is no input '{name}'.");

    public bool ContainsName(string name) => TryGetByName(name, out _);

    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input)
    {
        input = inputs.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase));
        return input is not null;
    }

    public string? GetString(string name) => TryGetByName(name, out var input) ? input.Value : null;

    public IEnumerator<InteractionInput> GetEnumerator() => inputs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
