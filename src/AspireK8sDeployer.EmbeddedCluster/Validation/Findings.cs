using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Collects what is wrong with an object, worded as the server words it.</summary>
internal sealed class Findings
{
    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    public int Count => _errors.Count;

    public void Invalid(string field, string value, string detail) => Add("FieldValueInvalid", field, $"Invalid value: {ServerText.Quote(value)}", detail);

    public void Invalid(string field, long value, string detail) =>
        Add("FieldValueInvalid", field, $"Invalid value: {value.ToString(CultureInfo.InvariantCulture)}", detail);

    /// <summary>A wrong object or list, shown as JSON.</summary>
    public void Invalid(string field, JsonNode? value, string detail) => Add("FieldValueInvalid", field, $"Invalid value: {Shown(value)}", detail);

    public void Invalid(string field, string value, IEnumerable<string> details)
    {
        foreach (var detail in details)
        {
            Invalid(field, value, detail);
        }
    }

    public void Required(string field, string detail = "") => Add("FieldValueRequired", field, "Required value", detail);

    public void Forbidden(string field, string detail) => Add("FieldValueForbidden", field, "Forbidden", detail);

    public void Duplicate(string field, string value) => Add("FieldValueDuplicate", field, $"Duplicate value: {ServerText.Quote(value)}", "");

    public void Duplicate(string field, JsonNode value) => Add("FieldValueDuplicate", field, $"Duplicate value: {Shown(value)}", "");

    public void NotFound(string field, string value, string detail = "") =>
        Add("FieldValueNotFound", field, $"Not found: {ServerText.Quote(value)}", detail);

    public void TooLong(string field, int most) =>
        Add("FieldValueTooLong", field, "Too long", $"may not be more than {most.ToString(CultureInfo.InvariantCulture)} bytes");

    public void TooMany(string field, int count, int most) => Add(
        "FieldValueTooMany", field, $"Too many: {count.ToString(CultureInfo.InvariantCulture)}", $"must have at most {most.ToString(CultureInfo.InvariantCulture)} items");

    public void NotSupported(string field, string value, params IEnumerable<string> supported) =>
        NotSupported(field, (JsonNode)value, supported);

    public void NotSupported(string field, JsonNode value, params IEnumerable<string> supported) => Add(
        "FieldValueNotSupported", field, $"Unsupported value: {Shown(value)}", $"supported values: {string.Join(", ", supported.Select(ServerText.Quote))}");

    public void TypeInvalid(string field, JsonNode? value, string detail) =>
        Add("FieldValueTypeInvalid", field, $"Invalid value: {Shown(value)}", detail);

    /// <summary>A number that may not be below zero.</summary>
    public void NonNegative(string field, long? value)
    {
        if (value is < 0)
        {
            Invalid(field, value.Value, "must be greater than or equal to 0");
        }
    }

    public void AddRange(IEnumerable<FieldError> errors) => _errors.AddRange(errors);

    private void Add(string type, string field, string body, string detail) =>
        _errors.Add(new FieldError(type, field, detail.Length == 0 ? body : $"{body}: {detail}"));

    private static string Shown(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue when value.GetValueKind() == JsonValueKind.String => ServerText.Quote(value.AsText()!),
        _ => value.ToJsonString(JsonValues.Plain),
    };
}
