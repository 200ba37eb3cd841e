using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>The amounts of one resource in a limit, which must fit each other.</summary>
internal static class LimitAmounts
{
    public static void Check(Findings findings, JsonObject limit, string type, string resource, string path)
    {
        var min = Amount("min");
        var max = Amount("max");
        var standard = type == "Pod" ? null : Amount("default");
        var request = type == "Pod" ? null : Amount("defaultRequest");
        var ratio = Amount("maxLimitRequestRatio");
        Order(min, max, "min", min, "min value", "max value");
        Order(min, request, "defaultRequest", request, "min value", "default request value");
        Order(request, max, "defaultRequest", request, "default request value", "max value");
        Order(request, standard, "defaultRequest", request, "default request value", "default limit value");
        Order(min, standard, "default", min, "min value", "default value");
        Order(standard, max, "default", max, "default value", "max value");
        Ratio(findings, ratio, min, max, $"{path}.maxLimitRequestRatio[{resource}]");
        if (standard is { } limited && request is { } requested && !ResourceRules.IsOvercommittable(resource) && limited.CompareTo(requested) != 0)
        {
            findings.Invalid(
                $"{path}.defaultRequest[{resource}]",
                requested.ToString(),
                $"default value {limited} must equal to defaultRequest value {requested} in {resource}");
        }

        Quantity? Amount(string list) => Quantity.TryParse(limit.Object(list)?.TextOf(resource) ?? "", out var amount) ? amount : null;

        void Order(Quantity? low, Quantity? high, string list, Quantity? shown, string lowName, string highName)
        {
            if (low is { } smaller && high is { } larger && smaller.CompareTo(larger) > 0)
            {
                findings.Invalid($"{path}.{list}[{resource}]", shown.ToString()!, $"{lowName} {smaller} is greater than {highName} {larger}");
            }
        }
    }

    private static void Ratio(Findings findings, Quantity? ratio, Quantity? min, Quantity? max, string field)
    {
        if (ratio is not { } most)
        {
            return;
        }

        if (most.CompareTo(Quantity.FromWhole(1)) < 0)
        {
            findings.Invalid(field, most.ToString(), $"ratio {most} is less than 1");
        }

        if (min is { Sign: > 0 } low && max is { } high && (double)most.Milli / 1000 > (double)high.Milli / (double)low.Milli)
        {
            var limit = ((double)high.Milli / (double)low.Milli).ToString("F6", CultureInfo.InvariantCulture);
            findings.Invalid(field, most.ToString(), $"ratio {most} is greater than max/min = {limit}");
        }
    }
}
