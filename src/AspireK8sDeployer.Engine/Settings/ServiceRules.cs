using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the Service.</summary>
internal static class ServiceRules
{
    public static void Check(ServiceSettings service, SettingsErrors errors)
    {
        errors.Unless(service.Port is >= 1 and <= 65535, "Service.Port", $"{service.Port} is not a port (1 to 65535)", ".WithService(s => s.Port = 8000)");
        errors.Unless(Enum.IsDefined(service.Type), "Service.Type", $"{(int)service.Type} is not a type of Service", ".WithService(s => s.Type = ServiceType.LoadBalancer)");
        errors.Unless(
            Enum.IsDefined(service.SessionAffinity), "Service.SessionAffinity", $"{(int)service.SessionAffinity} is not a session affinity",
            ".WithService(s => s.SessionAffinity = SessionAffinity.ClientIP)");
        CheckNodePort(service, errors);
        CheckLoadBalancer(service, errors);
        MetadataRules.CheckAnnotations(service.Annotations, "Service.Annotations", ".WithService(s => s.Annotations[\"example.com/key\"] = \"value\")", errors);
    }

    private static void CheckNodePort(ServiceSettings service, SettingsErrors errors)
    {
        if (service.NodePort is not { } port)
        {
            return;
        }

        errors.Unless(port is >= 30000 and <= 32767, "Service.NodePort", $"{port} is not a node port (30000 to 32767)", ".WithService(s => s.NodePort = 30080)");
        errors.Unless(
            service.Type == ServiceType.NodePort, "Service.NodePort", $"a node port needs a Service of type NodePort, this one is {service.Type}",
            ".WithService(s => s.Type = ServiceType.NodePort)");
    }

    private static void CheckLoadBalancer(ServiceSettings service, SettingsErrors errors)
    {
        var isLoadBalancer = service.Type == ServiceType.LoadBalancer;
        const string Mend = ".WithService(s => s.Type = ServiceType.LoadBalancer)";
        if (service.LoadBalancerIP is { } address)
        {
            errors.Unless(isLoadBalancer, "Service.LoadBalancerIP", $"it needs a Service of type LoadBalancer, this one is {service.Type}", Mend);
            errors.Unless(IPAddress.TryParse(address, out _), "Service.LoadBalancerIP", $"'{address}' is not an IP address", ".WithService(s => s.LoadBalancerIP = \"203.0.113.7\")");
        }

        errors.Unless(
            isLoadBalancer || service.LoadBalancerSourceRanges.Count == 0, "Service.LoadBalancerSourceRanges",
            $"they need a Service of type LoadBalancer, this one is {service.Type}", Mend);
        foreach (var range in service.LoadBalancerSourceRanges)
        {
            errors.Unless(
                IsNetwork(range), "Service.LoadBalancerSourceRanges", $"'{range}' is not a network (address/bits)",
                ".WithService(s => s.LoadBalancerSourceRanges = [\"203.0.113.0/24\"])");
        }
    }

    private static bool IsNetwork(string text) =>
        text.Split('/') is [var address, var bits]
        && IPAddress.TryParse(address, out var parsed)
        && byte.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count <= (parsed.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
}
