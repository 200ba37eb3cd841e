using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Amounts of resources: what is requested, limited and metered.</summary>
internal static class ResourceRules
{
    private const string RequestsPrefix = "requests.";

    private static readonly HashSet<string> ForContainers = ["cpu", "memory", "ephemeral-storage"];

    private static readonly HashSet<string> ForQuota =
    [
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage",
        "limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods", "resourcequotas", "services", "replicationcontrollers",
        "secrets", "persistentvolumeclaims", "configmaps", "services.nodeports", "services.loadbalancers",
    ];

    private static readonly HashSet<string> Standard = [.. ForQuota, "storage"];

    private static readonly HashSet<string> WholeNumbers =
    [
        "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
        "services.nodeports", "services.loadbalancers",
    ];

    public static void Requirements(Findings findings, JsonObject? resources, string field, IReadOnlyCollection<string> podClaims)
    {
        if (resources is null)
        {
            return;
        }

        var limits = resources.Object("limits") ?? [];
        var requests = resources.Object("requests") ?? [];
        foreach (var (name, amount) in limits)
        {
            Container(findings, name, amount, $"{field}.limits[{name}]");
        }

        foreach (var (name, amount) in requests)
        {
            Container(findings, name, amount, $"{field}.requests[{name}]");
            AgainstLimit(findings, name, amount, limits[name], field);
        }

        var names = limits.Concat(requests).Select(pair => pair.Key).ToList();
        if (names.Any(IsHugePages) && !names.Any(name => name is "cpu" or "memory"))
        {
            findings.Forbidden(field, "HugePages require cpu or memory");
        }

        Claims(findings, resources, $"{field}.claims", podClaims);
    }

    public static void Name(Findings findings, string name, string field)
    {
        var before = findings.Count;
        findings.Invalid(field, name, NameRules.Qualified(name));
        if (findings.Count == before && !name.Contains('/', StringComparison.Ordinal) && !IsStandard(name))
        {
            findings.Invalid(field, name, "must be a standard resource type or fully qualified");
        }
    }

    public static void ContainerName(Findings findings, string name, string field)
    {
        Name(findings, name, field);
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            if (!ForContainers.Contains(name) && !IsHugePages(name))
            {
                findings.Invalid(field, name, "must be a standard resource for containers");
            }
        }
        else if (!IsNative(name) && !IsExtended(name))
        {
            findings.Invalid(field, name, "doesn't follow extended resource name standard");
        }
    }

    public static void QuotaName(Findings findings, string name, string field)
    {
        Name(findings, name, field);
        if (!name.Contains('/', StringComparison.Ordinal) && !ForQuota.Contains(name)
            && !name.StartsWith("hugepages-", StringComparison.Ordinal) && !name.StartsWith("requests.hugepages-", StringComparison.Ordinal))
        {
            findings.Invalid(field, name, "must be a standard resource for quota");
        }
    }

    public static void Amount(Findings findings, string name, JsonNode? amount, string field)
    {
        if (!Quantity.TryParse(amount.AsText() ?? "", out var quantity))
        {
            return;
        }

        if (quantity.Sign < 0)
        {
            findings.Invalid(field, quantity.ToString(), "must be greater than or equal to 0");
        }

        if ((WholeNumbers.Contains(name) || IsExtended(name)) && !quantity.IsInteger)
        {
            findings.Invalid(field, quantity.ToString(), "must be an integer");
        }
    }

    /// <summary>True for what can be promised to more pods than there is of it.</summary>
    public static bool IsOvercommittable(string name) => IsNative(name) && !IsHugePages(name);

    private static void Container(Findings findings, string name, JsonNode? amount, string field)
    {
        ContainerName(findings, name, field);
        Amount(findings, name, amount, field);
    }

    private static void AgainstLimit(Findings findings, string name, JsonNode? request, JsonNode? limit, string field)
    {
        if (limit is null)
        {
            if (!IsOvercommittable(name))
            {
                findings.Required($"{field}.limits", "Limit must be set for non overcommitable resources");
            }

            return;
        }

        if (!Quantity.TryParse(request.AsText() ?? "", out var asked) || !Quantity.TryParse(limit.AsText() ?? "", out var most))
        {
            return;
        }

        if (asked.CompareTo(most) != 0 && !IsOvercommittable(name))
        {
            findings.Invalid($"{field}.requests", asked.ToString(), $"must be equal to {name} limit of {most}");
        }
        else if (asked.CompareTo(most) > 0)
        {
            findings.Invalid($"{field}.requests", asked.ToString(), $"must be less than or equal to {name} limit of {most}");
        }
    }

    private static void Claims(Findings findings, JsonObject resources, string field, IReadOnlyCollection<string> podClaims)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var claim in resources.Objects("claims"))
        {
            var path = $"{field}[{index++}]";
            var name = claim.TextOf("name");
            if (name.Length == 0)
            {
                findings.Required(path);
                continue;
            }

            var request = claim.TextOf("request");
            if (request.Length > 0)
            {
                findings.Invalid($"{path}.request", request, NameRules.Label(request));
            }

            if (!seen.Add(request.Length == 0 ? name : $"{name}/{request}"))
            {
                findings.Duplicate(path, name);
            }

            if (!podClaims.Contains(name))
            {
                var rest = podClaims.Count == 0 ? " which is empty" : ": " + string.Join(", ", podClaims.Order(StringComparer.Ordinal));
                findings.NotFound(path, name, "must be one of the names in pod.spec.resourceClaims" + rest);
            }
        }
    }

    private static bool IsStandard(string name) => Standard.Contains(name) || IsHugePages(name);

    private static bool IsHugePages(string name) => name.StartsWith("hugepages-", StringComparison.Ordinal);

    private static bool IsNative(string name) =>
        !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);

    private static bool IsExtended(string name) => !IsNative(name)
        && !name.StartsWith(RequestsPrefix, StringComparison.Ordinal)
        && !NameRules.Qualified(RequestsPrefix + name).Any();
}
