using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of further objects. Their values are never quoted: a Secret may be among them.</summary>
internal static class AdditionalResourceRules
{
    private const string Fix = ".WithAdditionalResources(\"k8s/extra.yaml\")";

    // In no namespace, and so nothing that a deployment can own: another one of the same name would be its rival.
    private static readonly string[] OfCluster =
    [
        "Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "StorageClass", "PriorityClass", "IngressClass",
        "GatewayClass", "RuntimeClass", "APIService", "CSIDriver", "CSINode", "VolumeAttachment", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration",
        "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "FlowSchema", "PriorityLevelConfiguration", "CertificateSigningRequest", "ClusterIssuer",
    ];

    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        var check = new SettingCheck(errors, "AdditionalResources", Fix);
        List<(string Source, string Id)> all = [];
        foreach (var resource in check.Elements(settings.AdditionalResources))
        {
            try
            {
                var objects = AdditionalObjects.Read(resource).ToList();
                check.Unless(objects.Count > 0, $"{resource.Source} holds no object");
                all.AddRange(objects.Select(body => (resource.Source, Check(body, resource.Source, settings, check))).Where(item => item.Item2 is not null).Select(item => (item.Source, item.Item2!)));
            }
            catch (FormatException failure)
            {
                check.Unless(false, $"{resource.Source} cannot be read: {failure.Message}");
            }
        }

        foreach (var same in all.GroupBy(item => item.Id).Where(group => group.Count() > 1))
        {
            check.Unless(false, $"{same.Key} is given twice ({string.Join(", ", same.Select(item => item.Source).Distinct())})");
        }

        CheckOurs(settings, all, check, errors);
    }

    // What we make ourselves is only known of settings that are right so far.
    private static void CheckOurs(DeploymentSettings settings, List<(string Source, string Id)> all, SettingCheck check, SettingsErrors errors)
    {
        if (all.Count == 0 || errors.Found.Count > 0)
        {
            return;
        }

        var ours = ManifestRenderer.RenderOwn(settings, new PublishedSecrets()).Objects.Select(item => IdOf(item.Id.ApiVersion, item.Id.Kind, item.Id.Name)).ToHashSet();
        foreach (var (source, id) in all)
        {
            check.Unless(!ours.Contains(id) && !IsReserved(id, settings.Name), $"{id} of {source} is made by the deployer; it needs another name");
        }
    }

    private static bool IsReserved(string id, string name) =>
        new[] { "Secret/aspire-k8s.", "Lease/aspire-k8s.", $"Secret/{name}-env-", $"Secret/{name}-pull-", $"ConfigMap/{name}-files-" }.Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal));

    private static string? Check(JsonObject body, string source, DeploymentSettings settings, SettingCheck check)
    {
        var (apiVersion, kind) = (Text(body["apiVersion"]), Text(body["kind"]));
        var metadata = body["metadata"] as JsonObject;
        var name = Text(metadata?["name"]);
        check.Unless(IsApiVersion(apiVersion), $"an object of {source} has no apiVersion, such as v1 or apps/v1");
        check.Unless(kind is not null && kind.Length > 0 && kind.All(char.IsAsciiLetterOrDigit), $"an object of {source} has no kind");
        if (!IsApiVersion(apiVersion) || string.IsNullOrEmpty(kind))
        {
            return null;
        }

        check.Unless(IsName(name), metadata?["generateName"] is null ? $"a {kind} of {source} has no name that a path can hold" : $"a {kind} of {source} has a generateName: it would be another one with every deploy");
        check.Unless(!OfCluster.Contains(kind), $"{kind}/{name} of {source} is in no namespace, so that no deployment can own it; have it applied by whoever looks after the cluster");
        check.Unless(
            metadata?["namespace"] is null || Text(metadata["namespace"]) == settings.Namespace,
            $"{kind}/{name} of {source} is in namespace '{Text(metadata?["namespace"])}', the deployment in '{settings.Namespace}'; it can leave its own out");
        CheckTexts(metadata?["labels"], "labels");
        CheckTexts(metadata?["annotations"], "annotations");
        CheckOwner(metadata?["labels"] as JsonObject ?? [], settings, $"{kind}/{name} of {source}", check);
        return IsName(name) ? IdOf(apiVersion!, kind, name!) : null;

        void CheckTexts(JsonNode? map, string field) => check.Unless(
            map is null || (map is JsonObject members && members.All(member => Text(member.Value) is not null)), $"{field} of {kind}/{name} of {source} are not all texts; numbers and truth values need quotes");
    }

    private static void CheckOwner(JsonObject labels, DeploymentSettings settings, string subject, SettingCheck check)
    {
        var own = OwnLabels.Of(settings.Identity).ToDictionary();
        foreach (var (key, value) in labels)
        {
            var decides = key is Names.ManagedByLabel or Names.PartOfLabel || key.StartsWith(Names.Domain + "/", StringComparison.Ordinal);
            check.Unless(!decides || (own.TryGetValue(key, out var ours) && Text(value) == ours), $"the label '{key}' of {subject} is set by the deployer; leave it out");
        }
    }

    // Without the version: it is the same object in all of them.
    private static string IdOf(string apiVersion, string kind, string name) =>
        apiVersion.Split('/') is [var group, _] ? $"{kind}.{group}/{name}" : $"{kind}/{name}";

    private static bool IsApiVersion(string? text) =>
        text?.Split('/') is { Length: 1 or 2 } parts && parts.All(part => part.Length > 0 && SyntaxRules.IsDnsSubdomain(part));

    private static bool IsName(string? text) =>
        text is { Length: > 0 and <= SyntaxRules.SubdomainLength } and not "." and not ".." && !text.Contains('/', StringComparison.Ordinal) && !text.Contains('%', StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
