using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Preflight;

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

    [Fact]
    public void WhatTheBaselineForbids_IsNamed()
    {
        var pod = Pod(
            """
            {"hostNetwork":true,"hostPID":true,"volumes":[{"name":"v","hostPath":{"path":"/"}}],
             "containers":[{"name":"c","ports":[{"hostPort":80}],"securityContext":{"privileged":true,"capabilities":{"add":["NET_ADMIN","CHOWN"]},"seccompProfile":{"type":"Unconfined"}}}]}
            """);

        Assert.Equal(
            ["hostNetwork", "hostPID", "hostPath (volume v)", "hostPort (container c)", "privileged (container c)", "seccompProfile Unconfined (container c)", "capability NET_ADMIN (container c)"],
            PodSecurity.AgainstBaseline(pod));
    }

    [Fact]
    public void WhatTheRestrictedStandardForbids_IsNamed()
    {
        var pod = Pod("""{"volumes":[{"name":"v","nfs":{}}],"containers":[{"name":"c","securityContext":{"runAsUser":0,"capabilities":{"add":["CHOWN"]}}}]}""");

        Assert.Equal(
            [
                "nfs (volume v)", "runAsNonRoot other than true (container c)", "runAsUser 0 (container c)", "allowPrivilegeEscalation other than false (container c)",
                "capabilities that are not dropped (container c)", "capability CHOWN (container c)", "no seccompProfile (container c)",
            ],
            PodSecurity.AgainstRestricted(pod));
    }

    private static JsonObject Pod(string json) => (JsonObject)JsonNode.Parse(json)!;
}
