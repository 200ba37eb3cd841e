using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the Service.</summary>
internal static class ServiceRules
{
    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        var service = settings.Service;
        errors.Unless(service.Port is >= 1 and <= 65535, "Service.Port", $"{service.Port} is not a port (1 to 65535)", ".WithService(s => s.Port = 8000)");
        errors.Unless(Enum.IsDefined(service.Type), "Service.Type", $"{(int)service.Type} is not a type of Service", ".WithService(s => s.Type = ServiceType.LoadBalancer)");
        errors.Unless(
            Enum.IsDefined(service.SessionAffinity), "Service.SessionAffinity", $"{(int)service.SessionAffinity} is not a session affinity",
            ".WithService(s => s.SessionAffinity = SessionAffinity.ClientIP)");
        CheckNodePort(service, errors);
        CheckLoadBalancer(service, errors);
        MetadataRules.CheckAnnotations(
            service.Annotations, settings.Annotations, "Service.Annotations", ".WithService(s => s.Annotations[\"example.com/key\"] = \"value\")", errors);
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
            errors.Unless(SyntaxRules.IsAddress(address), "Service.LoadBalancerIP", $"'{address}' is not an IP address", ".WithService(s => s.LoadBalancerIP = \"203.0.113.7\")");
        }

        errors.Unless(
            isLoadBalancer || service.LoadBalancerSourceRanges.Count == 0, "Service.LoadBalancerSourceRanges",
            $"they need a Service of type LoadBalancer, this one is {service.Type}", Mend);
        foreach (var range in service.LoadBalancerSourceRanges)
        {
            CheckNetwork(range, errors);
        }
    }

    private static void CheckNetwork(string range, SettingsErrors errors)
    {
        const string Setting = "Service.LoadBalancerSourceRanges";
        if (range.Split('/') is not [var text, var digits]
            || !SyntaxRules.IsAddress(text)
            || !byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || digits != bits.ToString(CultureInfo.InvariantCulture)
            || bits > (IPAddress.Parse(text).AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
        {
            errors.Add(Setting, $"'{range}' is not a network (address/bits)", ".WithService(s => s.LoadBalancerSourceRanges = [\"203.0.113.0/24\"])");
            return;
        }

        var meant = Masked(IPAddress.Parse(text), bits);
        errors.Unless(
            meant.Equals(IPAddress.Parse(text)), Setting, $"'{range}' has bits beyond the first {bits}",
            $".WithService(s => s.LoadBalancerSourceRanges = [\"{meant}/{bits}\"])");
    }

    private static IPAddress Masked(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(bits - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}
