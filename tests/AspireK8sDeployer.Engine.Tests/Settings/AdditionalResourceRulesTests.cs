using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Settings;

public class AdditionalResourceRulesTests
{
    [Theory]
    [InlineData("", "x.yaml holds no object")]
    [InlineData("- a", "x.yaml cannot be read: it holds a list, not an object with apiVersion, kind and metadata")]
    [InlineData("{kind: ConfigMap, metadata: {name: a}}", "an object of x.yaml has no apiVersion, such as v1 or apps/v1")]
    [InlineData("{apiVersion: v1, metadata: {name: a}}", "an object of x.yaml has no kind")]
    [InlineData("{apiVersion: v1, kind: ConfigMap}", "a ConfigMap of x.yaml has no name that a path can hold")]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: a/b}}", "a ConfigMap of x.yaml has no name that a path can hold")]
    [InlineData("{apiVersion: batch/v1, kind: Job, metadata: {generateName: a-}}", "a Job of x.yaml has a generateName: it would be another one with every deploy")]
    [InlineData(
        "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}}",
        "ClusterRole/a of x.yaml is in no namespace, so that no deployment can own it; have it applied by whoever looks after the cluster")]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: other}}", "ConfigMap/a of x.yaml is in namespace 'other', the deployment in 'demo'; it can leave its own out")]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {a: 1}}}", "labels of ConfigMap/a of x.yaml are not all texts; numbers and truth values need quotes")]
    [InlineData(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {app.kubernetes.io/managed-by: Helm}}}",
        "the label 'app.kubernetes.io/managed-by' of ConfigMap/a of x.yaml is set by the deployer; leave it out")]
    [InlineData("{apiVersion: apps/v1, kind: Deployment, metadata: {name: greeter}}", "Deployment.apps/greeter of x.yaml is made by the deployer; it needs another name")]
    [InlineData("{apiVersion: v1, kind: Secret, metadata: {name: aspire-k8s.greeter}}", "Secret/aspire-k8s.greeter of x.yaml is made by the deployer; it needs another name")]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}", "ConfigMap/a is given twice (x.yaml)")]
    public void AMistake_IsNamed(string yaml, string problem)
    {
        var errors = DeploymentEngine.Validate(A.Settings() with { AdditionalResources = [AdditionalResource.FromYaml(yaml, "x.yaml")] });

        Assert.Equal([new SettingsError("AdditionalResources", problem, ".WithAdditionalResources(\"k8s/extra.yaml\")")], errors);
    }

    [Fact]
    public void AnIngressOfItsName_IsTheUsers_AsLongAsTheDeployerMakesNone()
    {
        var settings = A.Settings() with { AdditionalResources = [AdditionalResource.FromYaml("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: greeter}}", "x.yaml")] };

        Assert.Empty(DeploymentEngine.Validate(settings));
        Assert.Single(DeploymentEngine.Validate(settings with { Ingress = new IngressSettings { Host = "greeter.example.com" } }));
    }
}
