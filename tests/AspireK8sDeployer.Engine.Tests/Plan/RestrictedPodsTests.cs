using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Plan;

public class RestrictedPodsTests
{
    [Fact]
    public void TheDefaults_AreAdmitted() => Assert.Empty(Warnings(new PodSettings()));

    [Fact]
    public void WhatTheNodeShares_IsNamed() => Assert.Equal(
        [
            "The pods use the node's network (HostNetwork)",
            "The pods see the node's processes (HostPid)",
            "The pods share the node's interprocess communication (HostIpc)",
            "Volume 'logs' is a hostPath",
        ],
        Warnings(new PodSettings
        {
            HostNetwork = true,
            HostPid = true,
            HostIpc = true,
            Volumes = [new V1Volume { Name = "logs", HostPath = new V1HostPathVolumeSource { Path = "/var/log" } }],
        }));

    [Fact]
    public void WhatAContainerMay_IsNamed() => Assert.Equal(
        [
            "The pods set the sysctl kernel.msgmax",
            "Container 'agent' is privileged",
            "Container 'agent' takes a port of its node",
            "Container 'agent' has the capability NET_ADMIN",
            "Container 'agent' runs as root",
            "Container 'agent' may escalate its privileges",
            "Container 'greeter': seccomp is off (Unconfined)",
            "Container 'greeter' does not drop all capabilities",
        ],
        Warnings(new PodSettings
        {
            PodSecurityContext = new V1PodSecurityContext { Sysctls = [new V1Sysctl { Name = "kernel.msgmax", Value = "1" }] },
            ContainerSecurityContext = new V1SecurityContext { Capabilities = new V1Capabilities { Drop = [] }, SeccompProfile = new V1SeccompProfile { Type = "Unconfined" } },
            Sidecars =
            [
                new V1Container
                {
                    Name = "agent",
                    Image = "agent",
                    Ports = [new V1ContainerPort { ContainerPort = 9100, HostPort = 9100 }],
                    SecurityContext = new V1SecurityContext { Privileged = true, RunAsUser = 0, Capabilities = new V1Capabilities { Add = ["NET_ADMIN"] } },
                },
            ],
        }));

    private static IEnumerable<string> Warnings(PodSettings pod)
    {
        const string Suffix = ": a namespace that enforces the restricted Pod Security Standard refuses such pods.";
        var settings = A.Settings() with { Pod = pod };
        Assert.Empty(DeploymentEngine.Validate(settings));
        var deployment = ManifestRenderer.Render(settings, new HashedSecrets(A.Salt)).Objects.Single(item => item.Id.Kind == "Deployment");
        return RestrictedPods.Warnings((JsonObject)deployment.Body["spec"]!["template"]!["spec"]!, hasUser: true).Select(warning => warning.Replace(Suffix, "", StringComparison.Ordinal));
    }
}
