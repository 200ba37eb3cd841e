using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Plan;

public class PodReferencesTests
{
    [Fact]
    public void EveryWayToNameASecretOrConfigMap_IsFound()
    {
        var pod = JsonNode.Parse("""
            {
              "imagePullSecrets": [{"name": "pull"}],
              "initContainers": [{"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "init"}}}]}],
              "containers": [{
                "env": [{"name": "A", "value": "x"}, {"name": "B", "valueFrom": {"secretKeyRef": {"name": "variable"}}}, {"name": "C", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}}],
                "envFrom": [{"secretRef": {"name": "all"}}, {"configMapRef": {"name": "all"}}]
              }],
              "volumes": [
                {"name": "a", "secret": {"secretName": "mounted"}},
                {"name": "b", "configMap": {"name": "files"}},
                {"name": "c", "projected": {"sources": [{"secret": {"name": "projected"}}, {"configMap": {"name": "projected"}}, {"downwardAPI": {}}]}},
                {"name": "d", "emptyDir": {}}
              ]
            }
            """)!.AsObject();

        Assert.Equal(
            [
                ("ConfigMap", "all"), ("ConfigMap", "files"), ("ConfigMap", "init"), ("ConfigMap", "projected"),
                ("Secret", "all"), ("Secret", "mounted"), ("Secret", "projected"), ("Secret", "pull"), ("Secret", "variable"),
            ],
            PodReferences.In(pod).Order());
    }

    [Fact]
    public void AnEmptyPod_NamesNothing() => Assert.Empty(PodReferences.In([]));
}
