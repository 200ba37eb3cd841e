using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Preflight;

public class PodTests
{
    [Fact]
    public void WhatAPodNeeds_IsFoundWhereverItIsNamed_UnlessItIsOptional()
    {
        var pod = Pod(
            """
            {"initContainers":[{"env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"one","key":"a"}}},{"name":"B","valueFrom":{"fieldRef":{"fieldPath":"x"}}}]}],
             "containers":[{"envFrom":[{"secretRef":{"name":"two"}},{"configMapRef":{"name":"no","optional":true}}],"env":[{"name":"C","value":"x"}]}],
             "volumes":[{"name":"v","secret":{"secretName":"three"}},{"name":"w","projected":{"sources":[{"configMap":{"name":"four"}},{"secret":{"name":"no","optional":true}}]}},
                        {"name":"x","persistentVolumeClaim":{"claimName":"five"}},{"name":"y","emptyDir":{}}]}
            """);

        Assert.Equal(
            ["ConfigMap one/a for variable A", "Secret two/ for the variables", "Secret three/ for volume v", "ConfigMap four/ for volume w", "PersistentVolumeClaim five/ for volume x"],
            PodReference.Of(pod).Select(item => $"{item.Kind.Kind} {item.Name}/{item.Key} for {item.For}"));
    }

    private static JsonObject Pod(string json) => (JsonObject)JsonNode.Parse(json)!;
}
