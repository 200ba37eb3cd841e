using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>The query of a write, checked.</summary>
internal sealed record WriteOptions(bool DryRun, FieldValidation Validation, bool Force)
{
    private const int LongestManager = 128;

    /// <summary>Reads the options of a create, update or patch; 422 names what is wrong with them.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind"><c>CreateOptions</c>, <c>UpdateOptions</c> or <c>PatchOptions</c>.</param>
    /// <param name="isApply">An apply must name its manager, and only it may force.</param>
    public static WriteOptions Read(ApiContext context, string kind, bool isApply = false)
    {
        var problems = new List<StatusCause>();
        var dryRun = context.Http.Request.Query["dryRun"];
        CheckDryRun(dryRun, problems);

        var force = context.Http.Request.Query.ContainsKey("force");
        var manager = context.Query("fieldManager") ?? "";
        if (kind == "PatchOptions")
        {
            if (isApply && manager.Length == 0)
            {
                problems.Add(new StatusCause("FieldValueRequired", "Required value: is required for apply patch", "fieldManager"));
            }
            else if (!isApply && force)
            {
                problems.Add(new StatusCause("FieldValueForbidden", "Forbidden: may not be specified for non-apply patch", "force"));
            }
        }

        CheckManager(manager, problems);
        var validation = context.Query("fieldValidation") ?? "";
        if (validation is not ("" or "Ignore" or "Warn" or "Strict"))
        {
            problems.Add(new StatusCause(
                "FieldValueNotSupported",
                $"Unsupported value: {ServerText.Quote(validation)}: supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
                "fieldValidation"));
        }

        if (problems.Count > 0)
        {
            throw ApiException.Invalid("meta.k8s.io", kind, "", problems);
        }

        return new WriteOptions(
            dryRun.Count > 0,
            validation switch { "Ignore" => FieldValidation.Ignore, "Strict" => FieldValidation.Strict, _ => FieldValidation.Warn },
            context.Flag("force"));
    }

    public static void CheckDryRun(IReadOnlyCollection<string?> values, List<StatusCause> problems)
    {
        if (values.Any(value => value != "All"))
        {
            var list = string.Join(',', values.Select(value => ServerText.Quote(value ?? "")));
            problems.Add(new StatusCause("FieldValueNotSupported", $"Unsupported value: [{list}]: supported values: \"All\"", "dryRun"));
        }
    }

    private static void CheckManager(string manager, List<StatusCause> problems)
    {
        if (manager.Length > LongestManager)
        {
            problems.Add(new StatusCause("FieldValueTooLong", $"Too long: may not be more than {LongestManager} bytes", "fieldManager"));
        }

        for (var i = 0; i < manager.Length; i++)
        {
            if (char.IsControl(manager[i]))
            {
                problems.Add(new StatusCause("FieldValueInvalid", $"Invalid value: {ServerText.Quote(manager)}: should only contain printable characters", "fieldManager"));
                break;
            }
        }
    }
}
