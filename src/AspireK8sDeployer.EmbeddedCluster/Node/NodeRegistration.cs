using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Registry;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Keeps the Node object: this machine with its processors and memory.</summary>
internal static class NodeRegistration
{
    private const string Manager = "kubelet";
    private const int MaximumPods = 110;

    public static void Register(IClusterApi api, string name, IPAddress address, string podCidr, TimeProvider time)
    {
        if (api.Get<V1Node>(null, name) is not { } node)
        {
            node = api.Create(
                new V1Node
                {
                    Metadata = new V1ObjectMeta { Name = name, Labels = Labels(name) },
                    Spec = new V1NodeSpec { PodCIDR = podCidr, PodCIDRs = [podCidr], ProviderID = $"aspire-k8s://{name}" },
                },
                Manager);
        }

        node.Status = Status(name, address, node.Status, KubernetesTime.Truncate(time.GetUtcNow()));
        api.UpdateStatus(node, Manager);
    }

    private static Dictionary<string, string> Labels(string name) => new()
    {
        ["beta.kubernetes.io/arch"] = EmptyBaseImage.Architecture(),
        ["beta.kubernetes.io/os"] = "linux",
        ["kubernetes.io/arch"] = EmptyBaseImage.Architecture(),
        ["kubernetes.io/hostname"] = name,
        ["kubernetes.io/os"] = "linux",
        ["node-role.kubernetes.io/control-plane"] = "",
    };

    private static V1NodeStatus Status(string name, IPAddress address, V1NodeStatus? before, DateTime now)
    {
        var capacity = new Dictionary<string, ResourceQuantity>
        {
            ["cpu"] = new(Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            ["ephemeral-storage"] = new($"{FreeStorage() / 1024}Ki"),
            ["memory"] = new($"{Memory() / 1024}Ki"),
            ["pods"] = new($"{MaximumPods}"),
        };
        return new V1NodeStatus
        {
            Addresses = [new() { Type = "InternalIP", Address = address.ToString() }, new() { Type = "Hostname", Address = name }],
            Capacity = capacity,
            Allocatable = capacity,
            Conditions =
            [
                Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
                Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
            ],
            NodeInfo = new V1NodeSystemInfo
            {
                Architecture = EmptyBaseImage.Architecture(),
                BootID = Read("/proc/sys/kernel/random/boot_id"),
                ContainerRuntimeVersion = "process://1.0.0",
                KernelVersion = Environment.OSVersion.Version.ToString(),
                KubeProxyVersion = "",
                KubeletVersion = "v1.36.2",
                MachineID = Read("/etc/machine-id"),
                OperatingSystem = "linux",
                OsImage = RuntimeInformation.OSDescription,
                SystemUUID = "",
            },
        };

        V1NodeCondition Condition(string type, string status, string reason, string message) => new()
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastHeartbeatTime = now,
            LastTransitionTime = before?.Conditions?.FirstOrDefault(other => other.Type == type && other.Status == status)?.LastTransitionTime ?? now,
        };
    }

    private static long Memory()
    {
        var line = File.ReadLines("/proc/meminfo").First(line => line.StartsWith("MemTotal:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static long FreeStorage() => new DriveInfo("/").TotalSize;

    private static string Read(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : "";
}
