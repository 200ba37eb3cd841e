using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Render;

public class AdditionalObjectsTests
{
    private const string Labels =
        "app.kubernetes.io/instance: greeter\n    app.kubernetes.io/managed-by: aspire-k8s-deployer\n    app.kubernetes.io/name: greeter\n    app.kubernetes.io/part-of: Greeter.AppHost\n    aspire-k8s.dev/deployment: greeter";

    [Fact]
    public void AnObject_GetsNamespaceAndLabels_AndLosesWhatOnlyTheServerWrites()
    {
        var rendered = Assert.Single(Render(AdditionalResource.FromYaml("""
            kind: ConfigMap
            data: {a: "1"}
            status: {}
            metadata:
              name: extra
              uid: 1234
              creationTimestamp: null
              labels: {app.kubernetes.io/name: mine}
            apiVersion: v1
            """, "extra.yaml")));

        Assert.Equal("ConfigMap/demo/extra", rendered.Id.ToString());
        Assert.Equal(
            $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\n  labels:\n    {Labels.Replace("name: greeter", "name: mine", StringComparison.Ordinal)}\n  namespace: demo\ndata:\n  a: \"1\"\n",
            rendered.ToYaml());
    }

    [Fact]
    public void AnObject_GetsTheAnnotationsOfAll_BesideItsOwn()
    {
        var settings = A.Settings() with
        {
            Annotations = new Dictionary<string, string> { ["example.com/owner"] = "ml", ["example.com/team"] = "ml" },
            AdditionalResources = [AdditionalResource.FromYaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: extra, annotations: {example.com/owner: mine}}}", "extra.yaml")],
        };

        var extra = ManifestRenderer.Render(settings, new PublishedSecrets()).Objects.Single(item => item.Id.Name == "extra");

        Assert.Equal("""{"example.com/owner":"mine","example.com/team":"ml"}""", extra.Body["metadata"]!["annotations"]!.ToJsonString());
    }

    [Fact]
    public void ASecretsTexts_AreData_AndNoYamlTellsThem()
    {
        var secret = Assert.Single(Render(AdditionalResource.FromObject(new V1Secret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Metadata = new V1ObjectMeta { Name = "extra" },
            Data = new Dictionary<string, byte[]> { ["a"] = [1] },
            StringData = new Dictionary<string, string> { ["b"] = "hunter2" },
        })));

        Assert.Equal("""{"a":"AQ==","b":"aHVudGVyMg=="}""", secret.Body["data"]!.ToJsonString());
        Assert.DoesNotContain("hunter2", secret.ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void ListsAndDocuments_AreTakenApart()
    {
        const string Yaml = """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            - {apiVersion: batch/v1, kind: CronJob, metadata: {name: b}}
            ---
            apiVersion: v1
            kind: ConfigMapList
            items:
            - {metadata: {name: c}}
            """;

        Assert.Equal(["ConfigMap/demo/a", "CronJob/demo/b", "ConfigMap/demo/c"], Render(AdditionalResource.FromYaml(Yaml, "all.yaml")).Select(item => item.Id.ToString()));
    }

    [Fact]
    public void Ports_GetTheProtocolThatTheServerKeysThemBy()
    {
        var rendered = Assert.Single(Render(AdditionalResource.FromYaml(
            "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {template: {spec: {containers: [{name: db, ports: [{containerPort: 5432}]}]}}}}", "db.yaml")));

        Assert.Equal("""[{"containerPort":5432,"protocol":"TCP"}]""", rendered.Body["spec"]!["template"]!["spec"]!["containers"]![0]!["ports"]!.ToJsonString());
    }

    private static IEnumerable<RenderedObject> Render(AdditionalResource resource)
    {
        var settings = A.Settings() with { AdditionalResources = [resource] };
        Assert.Empty(DeploymentEngine.Validate(settings));
        return ManifestRenderer.Render(settings, new HashedSecrets(A.Salt)).Objects.Skip(3);
    }
}
