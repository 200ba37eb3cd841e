using System.Globalization;

namespace AspireK8sDeployer.EmbeddedCluster.Selectors;

internal enum LabelOperator
{
    Exists,
    DoesNotExist,
    In,
    NotIn,
    GreaterThan,
    LessThan,
}

/// <summary>One condition of a label selector; equality is <c>In</c> with one value.</summary>
internal sealed record LabelRequirement(string Key, LabelOperator Operator, IReadOnlyCollection<string> Values)
{
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.Exists => has,
            LabelOperator.DoesNotExist => !has,
            LabelOperator.In => has && Values.Contains(value!),
            LabelOperator.NotIn => !has || !Values.Contains(value!),
            _ => has && long.TryParse(value, CultureInfo.InvariantCulture, out var number)
                && long.TryParse(Values.First(), CultureInfo.InvariantCulture, out var bound)
                && (Operator == LabelOperator.GreaterThan ? number > bound : number < bound),
        };
    }
}
