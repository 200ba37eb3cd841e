using System.Collections.Frozen;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>
/// What the types of <c>k8s.Models</c> do not say about a field; the table is in <see cref="SchemaFactsTable"/>.
/// </summary>
/// <remarks>
/// A line is <c>Type field:fact|fact …</c>, with <c>atomic</c> after the type for one that is owned as a whole. The facts:
/// <c>!</c> always present; <c>?</c> keeps its zero value; <c>map(keys)</c>, <c>set</c>, <c>atomic</c> how writers share it;
/// <c>merge</c>, <c>merge(key)</c>, <c>retainKeys</c> how strategic merge treats it; <c>micro</c> a time to the microsecond.
/// A field that has no line is left out when zero; a list without a fact is atomic; a map is shared.
/// </remarks>
internal sealed class SchemaFacts
{
    private static readonly FrozenDictionary<string, SchemaFacts> Types = Parse(SchemaFactsTable.Text);

    private static readonly SchemaFacts None = new(atomic: false, FrozenDictionary<string, FieldFacts>.Empty);

    private readonly FrozenDictionary<string, FieldFacts> _fields;

    private SchemaFacts(bool atomic, FrozenDictionary<string, FieldFacts> fields)
    {
        Atomic = atomic;
        _fields = fields;
    }

    public bool Atomic { get; }

    public static SchemaFacts Of(Type model) => Types.GetValueOrDefault(model.Name, None);

    public FieldFacts Field(string name) => _fields.GetValueOrDefault(name, FieldFacts.None);

    private static FrozenDictionary<string, SchemaFacts> Parse(string table) =>
        table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToFrozenDictionary(
                words => words[0],
                words => new SchemaFacts(
                    words.Contains("atomic"),
                    words.Skip(1)
                        .Where(word => word.Contains(':', StringComparison.Ordinal))
                        .Select(word => word.Split(':', 2))
                        .ToFrozenDictionary(pair => pair[0], pair => FieldFacts.Parse(pair[1]))));
}
