using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Discovery;

/// <summary>The discovery documents of a table of resources.</summary>
internal sealed class DiscoveryDocuments(ResourceTable table)
{
    // Groups that come before others in a list, as they are more to the point. The rest is ordered by name.
    private static readonly string[] First = ["apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch"];

    private readonly IReadOnlyList<ResourceDefinition> _rows = table.All;

    public static JsonObject CoreVersions(string address) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = address }),
    };

    public JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. GroupNames().Select(name => Versions(name, []))]),
    };

    public JsonObject? Group(string name) => _rows.Any(row => row.Group == name && name.Length > 0)
        ? Versions(name, new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" })
        : null;

    public JsonObject? Resources(string group, string version)
    {
        var rows = RowsOf(group, version);
        if (rows.Count == 0)
        {
            return null;
        }

        var list = new JsonObject { ["kind"] = "APIResourceList" };
        if (group.Length > 0)
        {
            list["apiVersion"] = "v1"; // a real server leaves it out for the core group
        }

        list["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}";
        list["resources"] = new JsonArray([.. rows.SelectMany(Entries)]);
        return list;
    }

    public JsonObject Aggregated(bool core, string version) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = $"apidiscovery.k8s.io/{version}",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. (core ? [""] : GroupNames()).Select(name => new JsonObject
        {
            ["metadata"] = name.Length == 0 ? [] : new JsonObject { ["name"] = name },
            ["versions"] = new JsonArray([.. VersionsOf(name).Select(v => new JsonObject
            {
                ["version"] = v,
                ["resources"] = new JsonArray([.. RowsOf(name, v).Select(AggregatedEntry)]),
                ["freshness"] = "Current",
            })]),
        })]),
    };

    private static IEnumerable<JsonObject> Entries(ResourceDefinition row)
    {
        var entry = new JsonObject
        {
            ["name"] = row.Plural,
            ["singularName"] = row.Singular,
            ["namespaced"] = row.Namespaced,
            ["kind"] = row.Kind,
        };
        entry.SetTexts("verbs", [.. row.Verbs]);
        entry.SetTexts("shortNames", [.. row.ShortNames]);
        entry.SetTexts("categories", [.. row.Categories]);
        if (row.Verbs.Contains("watch"))
        {
            entry["storageVersionHash"] = StorageVersionHash(row.Storage);
        }

        yield return entry;
        foreach (var subresource in row.Subresources)
        {
            var part = new JsonObject
            {
                ["name"] = $"{row.Plural}/{subresource.Name}",
                ["singularName"] = "",
                ["namespaced"] = row.Namespaced,
            };
            if (subresource.Group.Length > 0)
            {
                part["group"] = subresource.Group;
                part["version"] = subresource.Version;
            }

            part["kind"] = subresource.Kind;
            part.SetTexts("verbs", [.. subresource.Verbs]);
            yield return part;
        }
    }

    private static JsonObject AggregatedEntry(ResourceDefinition row)
    {
        var custom = row.CustomVersion is not null;
        var entry = new JsonObject
        {
            ["resource"] = row.Plural,
            ["responseKind"] = Kind(custom ? row.Group : "", custom ? row.Version : "", row.Kind),
            ["scope"] = row.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = row.Singular,
        };
        entry.SetTexts("verbs", [.. row.Verbs]);
        entry.SetTexts("shortNames", [.. row.ShortNames]);
        entry.SetTexts("categories", [.. row.Categories]);
        if (row.Subresources.Count > 0)
        {
            entry["subresources"] = new JsonArray([.. row.Subresources.Select(subresource =>
            {
                var own = custom && subresource.Group.Length == 0;
                var part = new JsonObject
                {
                    ["subresource"] = subresource.Name,
                    ["responseKind"] = Kind(own ? row.Group : subresource.Group, own ? row.Version : subresource.Version, subresource.Kind),
                };
                part.SetTexts("verbs", [.. subresource.Verbs]);
                return part;
            })]);
        }

        return entry;
    }

    private static JsonObject Kind(string group, string version, string kind) =>
        new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private static string StorageVersionHash(ResourceDefinition row) => Convert.ToBase64String(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Group}/{StorageVersion(row)}/{row.Kind}")).AsSpan(0, 8));

    // A real server still stores these in the version that came first.
    private static string StorageVersion(ResourceDefinition row) => row.Kind == "CustomResourceDefinition" ? "v1beta1" : row.Version;

    private IEnumerable<string> GroupNames() => _rows.Select(row => row.Group).Where(name => name.Length > 0).Distinct()
        .OrderBy(name => Array.IndexOf(First, name) is >= 0 and var index ? index : First.Length)
        .ThenBy(name => name, StringComparer.Ordinal);

    private IEnumerable<string> VersionsOf(string group) => _rows.Where(row => row.Group == group).Select(row => row.Version).Distinct()
        .OrderByDescending(version => version, KubernetesVersionOrder.Instance);

    private List<ResourceDefinition> RowsOf(string group, string version) =>
        [.. _rows.Where(row => row.Group == group && row.Version == version).OrderBy(row => row.Plural, StringComparer.Ordinal)];

    private JsonObject Versions(string group, JsonObject into)
    {
        var versions = VersionsOf(group)
            .Select(version => new JsonObject { ["groupVersion"] = $"{group}/{version}", ["version"] = version }).ToList();
        into["name"] = group;
        into["versions"] = new JsonArray([.. versions]);
        into["preferredVersion"] = versions[0].DeepClone();
        return into;
    }
}
