using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>How a pod finds and names hosts, itself included.</summary>
internal static class PodNetworkRules
{
    private const int MostNameservers = 3;
    private const int MostSearches = 32;
    private const int MostSearchLetters = 2048;

    public static void Dns(Findings findings, JsonObject spec, string field)
    {
        var config = spec.Object("dnsConfig");
        var servers = config?.TextsOf("nameservers").ToList() ?? [];
        if (spec.TextOf("dnsPolicy") == "None")
        {
            if (config is null)
            {
                findings.Required(field, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }

            if (servers.Count == 0)
            {
                findings.Required($"{field}.nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }

        if (config is null)
        {
            return;
        }

        if (servers.Count > MostNameservers)
        {
            findings.Invalid($"{field}.nameservers", config["nameservers"], $"must not have more than {MostNameservers} nameservers");
        }

        for (var i = 0; i < servers.Count; i++)
        {
            AddressRules.Check(findings, $"{field}.nameservers[{i}]", servers[i]);
        }

        Searches(findings, config, field);
        var index = 0;
        foreach (var option in config.Objects("options"))
        {
            if (option.TextOf("name").Length == 0)
            {
                findings.Required($"{field}.options[{index}]", "must not be empty");
            }

            index++;
        }
    }

    public static void HostNames(Findings findings, JsonObject spec, string field)
    {
        foreach (var name in (string[])["hostname", "subdomain"])
        {
            if (spec.TextOf(name) is { Length: > 0 } value)
            {
                findings.Invalid($"{field}.{name}", value, NameRules.Label(value));
            }
        }
    }

    public static void HostAliases(Findings findings, JsonObject spec, string field)
    {
        var index = 0;
        foreach (var alias in spec.Objects("hostAliases"))
        {
            AddressRules.Check(findings, $"{field}[{index}].ip", alias.TextOf("ip"));
            var name = 0;
            foreach (var host in alias.TextsOf("hostnames"))
            {
                findings.Invalid($"{field}[{index}].hostnames[{name++}]", host, NameRules.Subdomain(host));
            }

            index++;
        }
    }

    private static void Searches(Findings findings, JsonObject config, string field)
    {
        var searches = config.TextsOf("searches").ToList();
        if (searches.Count > MostSearches)
        {
            findings.Invalid($"{field}.searches", config["searches"], $"must not have more than {MostSearches} search paths");
        }

        if (string.Join(' ', searches).Length > MostSearchLetters)
        {
            findings.Invalid(
                $"{field}.searches", config["searches"], $"must not have more than {MostSearchLetters} characters (including spaces) in the search list");
        }

        for (var i = 0; i < searches.Count; i++)
        {
            // Names of services may have underscores, and a dot alone is the root.
            var search = searches[i] == "." ? "root" : searches[i].EndsWith('.') ? searches[i][..^1] : searches[i];
            findings.Invalid($"{field}.searches[{i}]", search, NameRules.Subdomain(search.Replace('_', 'a')));
        }
    }
}
