using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of further objects. Their values are never quoted: a Secret may be among them.</summary>
internal static class AdditionalResourceRules
{
    private const string Setting = "AdditionalResources";
    private const string Call = ".WithAdditionalResources(\"k8s/extra.yaml\")";
    private const string RolesGroup = "rbac.authorization.k8s.io";

    // In no namespace, and so nothing that a deployment can own: another one of the same name would be its rival.
    private static readonly string[] OfCluster =
    [
        "Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "StorageClass", "PriorityClass", "IngressClass",
        "GatewayClass", "RuntimeClass", "APIService", "CSIDriver", "CSINode", "VolumeAttachment", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration",
        "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "FlowSchema", "PriorityLevelConfiguration", "CertificateSigningRequest", "ClusterIssuer",
    ];

    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        var check = new SettingCheck(errors, Setting, Call);
        List<(string Source, string Id)> all = [];
        foreach (var resource in check.Elements(settings.AdditionalResources))
        {
            try
            {
                var objects = AdditionalObjects.Read(resource).ToList();
                check.Unless(objects.Count > 0, $"{resource.Source} holds no object");
                all.AddRange(objects.Select(body => (resource.Source, Id: Check(body, resource.Source, settings, errors))).Where(item => item.Id is not null).Select(item => (item.Source, item.Id!)));
            }
            catch (FormatException failure)
            {
                Add(errors, $"{resource.Source} cannot be read: {failure.Message}", $"correct {resource.Source}");
            }
        }

        foreach (var same in all.GroupBy(item => item.Id).Where(group => group.Count() > 1))
        {
            Add(errors, $"{same.Key} is given twice ({string.Join(", ", same.Select(item => item.Source).Distinct())})", "leave one of them out");
        }

        foreach (var (source, id) in all.Where(item => OwnObjects.Has(settings, item.Id)))
        {
            Add(errors, $"{id} of {source} is made by the deployer", $"give it another name in {source}");
        }
    }

    private static string? Check(JsonObject body, string source, DeploymentSettings settings, SettingsErrors errors)
    {
        var (apiVersion, kind) = (Text(body["apiVersion"]), Text(body["kind"]));
        var metadata = body["metadata"] as JsonObject;
        var name = Text(metadata?["name"]);
        Unless(IsApiVersion(apiVersion), $"an object of {source} has no apiVersion", $"give it one in {source}, such as v1 or apps/v1");
        Unless(kind is not null && kind.Length > 0 && kind.All(char.IsAsciiLetterOrDigit), $"an object of {source} has no kind", $"give it one in {source}, such as ConfigMap");
        if (!IsApiVersion(apiVersion) || string.IsNullOrEmpty(kind))
        {
            return null;
        }

        var subject = $"{kind}/{name} of {source}";
        CheckName();
        Unless(!OfCluster.Contains(kind), $"{subject} is in no namespace, so that no deployment can own it", "have it applied by whoever looks after the cluster");
        Unless(
            metadata?["namespace"] is null || Text(metadata["namespace"]) == settings.Namespace,
            $"{subject} is in namespace '{Text(metadata?["namespace"])}', the deployment in '{settings.Namespace}'", $"leave metadata.namespace out of {source}");
        CheckTexts(metadata?["labels"], "labels");
        CheckTexts(metadata?["annotations"], "annotations");
        CheckOwner(metadata?["labels"] as JsonObject ?? [], settings, subject, errors);
        return IsName(apiVersion!, kind, name) ? IdOf(apiVersion!, kind, name!) : null;

        void Unless(bool holds, string problem, string fix) => errors.Unless(holds, Setting, problem, fix);

        void CheckName()
        {
            var problem = (name, metadata?["generateName"]) switch
            {
                (null, not null) => $"a {kind} of {source} has a generateName: it would be another one with every deploy",
                (null, _) => $"a {kind} of {source} has no name",
                _ => $"the name of {subject} is none for a {kind}: {NameRule(apiVersion!, kind)}",
            };
            Unless(IsName(apiVersion!, kind, name), problem, $"give it a name (metadata.name) in {source}");
        }

        void CheckTexts(JsonNode? map, string field) => Unless(
            map is null || (map is JsonObject members && members.All(member => Text(member.Value) is not null)), $"{field} of {subject} are not all texts", $"put numbers and truth values in quotes in {source}");
    }

    private static void CheckOwner(JsonObject labels, DeploymentSettings settings, string subject, SettingsErrors errors)
    {
        var own = OwnLabels.Of(settings.Identity).ToDictionary();
        foreach (var (key, value) in labels)
        {
            var decides = key is Names.ManagedByLabel or Names.PartOfLabel || key.StartsWith(Names.Domain + "/", StringComparison.Ordinal);
            errors.Unless(!decides || (own.TryGetValue(key, out var ours) && Text(value) == ours), Setting, $"the label '{key}' of {subject} is set by the deployer", "leave it out");
        }
    }

    private static void Add(SettingsErrors errors, string problem, string fix) => errors.Add(Setting, problem, fix);

    // Without the version: it is the same object in all of them.
    private static string IdOf(string apiVersion, string kind, string name) =>
        apiVersion.Split('/') is [var group, _] ? $"{kind}.{group}/{name}" : $"{kind}/{name}";

    private static bool IsApiVersion(string? text) =>
        text?.Split('/') is { Length: 1 or 2 } parts && parts.All(part => part.Length > 0 && SyntaxRules.IsDnsSubdomain(part));

    // Roles take any name that a path can hold; what else there is takes no more than a DNS subdomain.
    private static bool IsName(string apiVersion, string kind, string? name) => name is { Length: > 0 } && (apiVersion.Split('/')[0], kind) switch
    {
        (RolesGroup, _) => name.Length <= SyntaxRules.SubdomainLength && name is not ("." or "..") && !name.Any(letter => letter is '/' or '%' || char.IsWhiteSpace(letter)),
        ("v1", "Service") => SyntaxRules.IsDnsLabel(name),
        _ => SyntaxRules.IsDnsSubdomain(name),
    };

    private static string NameRule(string apiVersion, string kind) => (apiVersion.Split('/')[0], kind) switch
    {
        (RolesGroup, _) => $"at most {SyntaxRules.SubdomainLength} characters without '/', '%' and spaces",
        ("v1", "Service") => $"lower case letters, digits and '-', at most {SyntaxRules.LabelLength}",
        _ => $"lower case letters, digits, '-' and '.', at most {SyntaxRules.SubdomainLength}",
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
