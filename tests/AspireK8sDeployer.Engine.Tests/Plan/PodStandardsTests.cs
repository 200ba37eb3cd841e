using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Plan;

/// <summary>Each row is what a Kubernetes 1.36 answers to a pod in a namespace that enforces the standards.</summary>
public class PodStandardsTests
{
    [Theory]
    [InlineData("""{"volumes":[{"name":"v","image":{"reference":"a"}}]}""", null, null)]
    [InlineData("""{"volumes":[{"name":"v","nfs":{"server":"a","path":"/"}}]}""", null, "nfs (volume v)")]
    [InlineData("""{"volumes":[{"name":"v","hostPath":{"path":"/"}}]}""", "hostPath (volume v)", null)]
    [InlineData("""{"hostNetwork":true,"hostPID":true,"hostIPC":true}""", "hostNetwork, hostPID, hostIPC", null)]
    [InlineData("""{"hostUsers":false,"container":{"procMount":"Unmasked"}}""", "procMount (container c)", null)]
    [InlineData("""{"hostUsers":false,"context":{"runAsUser":0},"container":{"runAsNonRoot":false}}""", null, null)]
    [InlineData("""{"ports":[{"containerPort":80,"hostPort":0}]}""", null, null)]
    [InlineData("""{"ports":[{"containerPort":80,"hostPort":80}]}""", "hostPort (container c)", null)]
    [InlineData("""{"context":{"sysctls":[{"name":"net.core.somaxconn","value":"1"}]}}""", "sysctl net.core.somaxconn", null)]
    [InlineData("""{"context":{"sysctls":[{"name":"net.ipv4.tcp_rmem","value":"1"}]}}""", null, null)]
    [InlineData("""{"context":{"appArmorProfile":{"type":"Unconfined"}}}""", "appArmorProfile Unconfined", null)]
    [InlineData("""{"context":{"seLinuxOptions":{"type":"spc_t"}}}""", "seLinuxOptions", null)]
    [InlineData("""{"context":{"seLinuxOptions":{"user":"a"}}}""", "seLinuxOptions", null)]
    [InlineData("""{"context":{"seLinuxOptions":{"level":"s0"}}}""", null, null)]
    [InlineData("""{"livenessProbe":{"httpGet":{"port":80,"host":"1.2.3.4"}}}""", "host of a probe or hook (container c)", null)]
    [InlineData("""{"lifecycle":{"preStop":{"httpGet":{"port":80,"host":"1.2.3.4"}}}}""", "host of a probe or hook (container c)", null)]
    [InlineData("""{"context":{"runAsUser":0}}""", null, "runAsUser 0")]
    [InlineData("""{"context":{"runAsUser":0},"container":{"runAsUser":5}}""", null, "runAsUser 0")]
    [InlineData("""{"container":{"runAsUser":0}}""", null, "runAsUser 0 (container c)")]
    [InlineData("""{"container":{"runAsNonRoot":false}}""", null, "runAsNonRoot other than true (container c)")]
    [InlineData("""{"container":{"privileged":true}}""", "privileged (container c)", null)]
    [InlineData("""{"container":{"allowPrivilegeEscalation":null}}""", null, "allowPrivilegeEscalation other than false (container c)")]
    [InlineData("""{"container":{"seccompProfile":{"type":"Unconfined"}}}""", "seccompProfile Unconfined (container c)", null)]
    [InlineData("""{"context":{"seccompProfile":null}}""", null, "no seccompProfile (container c)")]
    [InlineData("""{"container":{"capabilities":{"drop":["ALL"],"add":["NET_BIND_SERVICE"]}}}""", null, null)]
    [InlineData("""{"container":{"capabilities":{"drop":["ALL"],"add":["CHOWN"]}}}""", null, "capability CHOWN (container c)")]
    [InlineData("""{"container":{"capabilities":{"drop":["ALL"],"add":["NET_RAW"]}}}""", "capability NET_RAW (container c)", null)]
    [InlineData("""{"container":{"capabilities":null}}""", null, "capabilities that are not dropped (container c)")]
    public void WhatAStandardForbids_IsNamed(string changes, string? baseline, string? restricted)
    {
        var found = PodStandards.Violations(Pod(changes)).ToLookup(violation => violation.BreaksBaseline, violation => violation.Field);

        Assert.Equal((baseline ?? "", restricted ?? ""), (string.Join(", ", found[true]), string.Join(", ", found[false])));
    }

    // A pod that the restricted standard admits, with changes to it, its container, and their security contexts.
    private static JsonObject Pod(string changes)
    {
        var context = Object("""{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}}""");
        var ofContainer = Object("""{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}""");
        var container = new JsonObject { ["name"] = "c", ["image"] = "x", ["securityContext"] = ofContainer };
        var pod = new JsonObject { ["securityContext"] = context, ["containers"] = new JsonArray(container) };
        foreach (var (name, value) in Object(changes))
        {
            switch (name)
            {
                case "context":
                    Merge(context, value!.AsObject());
                    break;
                case "container":
                    Merge(ofContainer, value!.AsObject());
                    break;
                case "ports" or "livenessProbe" or "lifecycle":
                    container[name] = value?.DeepClone();
                    break;
                default:
                    pod[name] = value?.DeepClone();
                    break;
            }
        }

        return pod;
    }

    private static void Merge(JsonObject target, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            target[name] = value?.DeepClone();
        }
    }

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;
}
