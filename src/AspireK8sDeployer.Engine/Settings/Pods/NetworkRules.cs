using System.Net;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of how names are resolved.</summary>
internal static class NetworkRules
{
    private const int MostServers = 3;
    private const int MostSearches = 32;
    private const int SearchesLength = 2048;

    public static void Check(PodSettings pod, SettingsErrors errors)
    {
        CheckAliases(pod.HostAliases, PodRules.Of(errors, "HostAliases", "[new V1HostAlias { Ip = \"10.0.0.7\", Hostnames = [\"db.internal\"] }]"));
        CheckPolicy(pod.DnsPolicy, pod.DnsConfig, PodRules.Of(errors, "DnsPolicy", "\"ClusterFirst\""));
        CheckConfig(pod.DnsConfig, PodRules.Of(errors, "DnsConfig", "new V1PodDNSConfig { Nameservers = [\"10.0.0.10\"] }"));
    }

    public static void CheckAliases(IEnumerable<V1HostAlias>? aliases, SettingCheck check)
    {
        var all = check.Elements(aliases);
        foreach (var alias in all)
        {
            check.Unless(IsAddress(alias.Ip), $"'{alias.Ip}' is not an IP address");
            check.Unless(alias.Hostnames is { Count: > 0 }, $"the line of '{alias.Ip}' has no host names");
            foreach (var name in check.Elements(alias.Hostnames))
            {
                check.Unless(SyntaxRules.IsDnsSubdomain(name), $"'{name}' is not a host name");
            }
        }

        foreach (var same in all.GroupBy(alias => alias.Ip).Where(group => group.Count() > 1))
        {
            check.Unless(false, $"two lines are for '{same.Key}'; put their host names into one");
        }
    }

    public static void CheckPolicy(string? policy, V1PodDNSConfig? config, SettingCheck check)
    {
        check.Unless(
            policy is null or "ClusterFirst" or "ClusterFirstWithHostNet" or "Default" or "None",
            $"'{policy}' is not a DNS policy (ClusterFirst, ClusterFirstWithHostNet, Default, None)");
        check.Unless(policy != "None" || config?.Nameservers is { Count: > 0 }, "None needs at least one server in DnsConfig.Nameservers");
    }

    public static void CheckConfig(V1PodDNSConfig? config, SettingCheck check)
    {
        var servers = check.Elements(config?.Nameservers);
        check.Unless(servers.Count <= MostServers, $"there are {servers.Count} servers, more than {MostServers}");
        foreach (var server in servers)
        {
            check.Unless(IsAddress(server), $"'{server}' is not an IP address");
        }

        var searches = check.Elements(config?.Searches);
        check.Unless(searches.Count <= MostSearches, $"there are {searches.Count} search domains, more than {MostSearches}");
        check.Unless(string.Join(' ', searches).Length <= SearchesLength, $"the search domains are more than {SearchesLength} characters");
        foreach (var domain in searches)
        {
            check.Unless(domain == "." || SyntaxRules.IsDnsSubdomain(domain.EndsWith('.') ? domain[..^1] : domain), $"'{domain}' is not a search domain");
        }

        foreach (var option in check.Elements(config?.Options))
        {
            check.Unless(!string.IsNullOrEmpty(option.Name), "an option has no name");
        }
    }

    // What .NET reads as an address and Kubernetes does not: fewer than four numbers, and numbers with leading zeros.
    private static bool IsAddress(string? text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || address.ToString() == text);
}
