using System.Collections;
using System.ComponentModel.DataAnnotations;
using AspireK8sDeployer.Serving.Binding;

namespace AspireK8sDeployer.Serving.Validation;

/// <summary>What a value must fulfil beyond its type: its annotations, and those of everything in it.</summary>
/// <remarks>The properties are set once, when the pipeline is mapped; a type that contains itself refers to its own rules.</remarks>
internal sealed class ValueRules
{
    private const string NotValid = "is not valid";

    public ValidationAttribute[] Attributes { get; init; } = [];

    /// <summary>The rules of its type, wherever a value of it stands.</summary>
    public TypeRules? Type { get; init; }

    /// <summary>The rules of each element of a list, or of each value of a dictionary.</summary>
    public ValueRules? Elements { get; init; }

    /// <summary>Whether null is refused, where the serializer does not check that: in elements.</summary>
    public bool RefusesNull { get; init; }

    public void Check(object? value, string name, ValuePath path, BindingErrors errors)
    {
        if (errors.IsFull)
        {
            return;
        }

        if (value is null && RefusesNull)
        {
            errors.Add(path.ToString(), "must not be null");
            return;
        }

        if (Attributes.Length > 0)
        {
            CheckAttributes(value, name, path, errors);
        }

        if (value is not null)
        {
            Type?.Check(value, name, path, errors);
            CheckElements(value, name, path, errors);
        }
    }

    private void CheckAttributes(object? value, string name, ValuePath path, BindingErrors errors)
    {
        var context = new ValidationContext(value ?? this, name, serviceProvider: null, items: null);
        foreach (var attribute in Attributes)
        {
            if (attribute.GetValidationResult(value, context) is { } failure)
            {
                errors.Add(path.ToString(), failure.ErrorMessage ?? NotValid);
            }
        }
    }

    private void CheckElements(object value, string name, ValuePath path, BindingErrors errors)
    {
        if (Elements is null)
        {
            return;
        }

        switch (value)
        {
            case IDictionary entries:
                foreach (DictionaryEntry entry in entries)
                {
                    path.Enter(entry.Key.ToString() ?? "");
                    Elements.Check(entry.Value, name, path, errors);
                    path.Leave();
                }

                break;
            case IEnumerable items:
                var index = 0;
                foreach (var item in items)
                {
                    path.Enter(index++);
                    Elements.Check(item, name, path, errors);
                    path.Leave();
                }

                break;
        }
    }
}
