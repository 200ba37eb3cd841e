using System.ComponentModel.DataAnnotations;
using AspireK8sDeployer.Serving.Binding;

namespace AspireK8sDeployer.Serving.Validation;

/// <summary>What every value of a type must fulfil.</summary>
internal sealed class TypeRules
{
    // Set after construction, since a type may contain itself.
    public IReadOnlyList<MemberRules> Members { get; set; } = [];

    /// <summary>Whether the type checks itself by <see cref="IValidatableObject"/>.</summary>
    public bool ChecksItself { get; set; }

    public ValueRules? Of(string member) => Members.FirstOrDefault(rules => rules.Name == member)?.Rules;

    public bool IsEmpty => Members.Count == 0 && !ChecksItself;

    public void Check(object value, string name, ValuePath path, BindingErrors errors)
    {
        foreach (var member in Members)
        {
            path.Enter(member.Name);
            member.Rules.Check(member.Get(value), member.Name, path, errors);
            path.Leave();
        }

        if (ChecksItself)
        {
            var context = new ValidationContext(value, name, serviceProvider: null, items: null);
            foreach (var failure in ((IValidatableObject)value).Validate(context))
            {
                errors.Add(path.ToString(), failure.ErrorMessage ?? "is not valid");
            }
        }
    }
}
