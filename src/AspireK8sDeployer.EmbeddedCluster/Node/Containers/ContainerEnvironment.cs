using System.Globalization;
using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>Resolves the environment that a container's specification describes.</summary>
internal sealed class ContainerEnvironment(IClusterApi api, Uri apiServer)
{
    /// <summary>The variables of the specification, the Services' among them; throws when something that they refer to is missing.</summary>
    public Dictionary<string, string> Resolve(V1Pod pod, V1Container container, string podIp, string hostIp)
    {
        var space = pod.Metadata.NamespaceProperty;
        var result = new Dictionary<string, string>();
        foreach (var source in container.EnvFrom ?? [])
        {
            foreach (var (key, value) in Load(source, space))
            {
                result[(source.Prefix ?? "") + key] = value;
            }
        }

        var known = Services(pod);
        foreach (var (name, value) in result)
        {
            known[name] = value;
        }

        foreach (var variable in container.Env ?? [])
        {
            var value = variable.ValueFrom is null
                ? VariableExpansion.Expand(variable.Value ?? "", known)
                : Value(variable.ValueFrom, pod, container, podIp, hostIp);
            if (value is not null)
            {
                result[variable.Name] = known[variable.Name] = value;
            }
        }

        foreach (var (name, value) in known)
        {
            result.TryAdd(name, value);
        }

        return result;
    }

    private Dictionary<string, string> Load(V1EnvFromSource source, string space)
    {
        if (source.ConfigMapRef is { } map)
        {
            var found = api.Get<V1ConfigMap>(space, map.Name);
            return found is null && map.Optional != true
                ? throw new ContainerConfigException($"configmap \"{map.Name}\" not found")
                : new Dictionary<string, string>(found?.Data ?? new Dictionary<string, string>());
        }

        var secret = source.SecretRef!;
        var stored = api.Get<V1Secret>(space, secret.Name);
        return stored is null && secret.Optional != true
            ? throw new ContainerConfigException($"secret \"{secret.Name}\" not found")
            : (stored?.Data ?? new Dictionary<string, byte[]>()).ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetString(entry.Value));
    }

    private string? Value(V1EnvVarSource source, V1Pod pod, V1Container container, string podIp, string hostIp)
    {
        var space = pod.Metadata.NamespaceProperty;
        if (source.FieldRef is { } field)
        {
            return PodFields.Value(field.FieldPath, pod, podIp, hostIp);
        }

        if (source.ResourceFieldRef is { } resource)
        {
            var subject = (pod.Spec.InitContainers ?? []).Concat(pod.Spec.Containers).FirstOrDefault(other => other.Name == resource.ContainerName) ?? container;
            return PodFields.Resource(resource, subject, api.Get<V1Node>(null, pod.Spec.NodeName));
        }

        if (source.ConfigMapKeyRef is { } mapKey)
        {
            var map = api.Get<V1ConfigMap>(space, mapKey.Name);
            if (map?.Data?.TryGetValue(mapKey.Key, out var value) == true)
            {
                return value;
            }

            return mapKey.Optional == true ? null : throw new ContainerConfigException(
                map is null ? $"configmap \"{mapKey.Name}\" not found" : $"couldn't find key {mapKey.Key} in ConfigMap {space}/{mapKey.Name}");
        }

        if (source.SecretKeyRef is not { } secretKey)
        {
            return null;
        }

        var secret = api.Get<V1Secret>(space, secretKey.Name);
        if (secret?.Data?.TryGetValue(secretKey.Key, out var bytes) == true)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        return secretKey.Optional == true ? null : throw new ContainerConfigException(
            secret is null ? $"secret \"{secretKey.Name}\" not found" : $"couldn't find key {secretKey.Key} in Secret {space}/{secretKey.Name}");
    }

    /// <summary>The API server, which in-cluster clients look for, and the Services of the pod's namespace.</summary>
    private Dictionary<string, string> Services(V1Pod pod)
    {
        var variables = new Dictionary<string, string>
        {
            ["KUBERNETES_SERVICE_HOST"] = apiServer.Host,
            ["KUBERNETES_SERVICE_PORT"] = apiServer.Port.ToString(CultureInfo.InvariantCulture),
            ["KUBERNETES_SERVICE_PORT_HTTPS"] = apiServer.Port.ToString(CultureInfo.InvariantCulture),
        };
        if (pod.Spec.EnableServiceLinks == false)
        {
            return variables;
        }

        foreach (var service in api.List<V1Service>(pod.Metadata.NamespaceProperty).Items
            .Where(service => service.Spec.ClusterIP is { Length: > 0 } and not "None" && ObjectKey.Of(service) != new ObjectKey("default", "kubernetes")))
        {
            var prefix = service.Metadata.Name.ToUpperInvariant().Replace('-', '_');
            variables[$"{prefix}_SERVICE_HOST"] = service.Spec.ClusterIP;
            variables[$"{prefix}_SERVICE_PORT"] = $"{service.Spec.Ports[0].Port}";
            foreach (var port in service.Spec.Ports)
            {
                if (!string.IsNullOrEmpty(port.Name))
                {
                    variables[$"{prefix}_SERVICE_PORT_{port.Name.ToUpperInvariant().Replace('-', '_')}"] = $"{port.Port}";
                }

                var protocol = port.Protocol ?? "TCP";
                var url = $"{protocol.ToLowerInvariant()}://{service.Spec.ClusterIP}:{port.Port}";
                variables.TryAdd($"{prefix}_PORT", url);
                variables[$"{prefix}_PORT_{port.Port}_{protocol}"] = url;
                variables[$"{prefix}_PORT_{port.Port}_{protocol}_PROTO"] = protocol.ToLowerInvariant();
                variables[$"{prefix}_PORT_{port.Port}_{protocol}_PORT"] = $"{port.Port}";
                variables[$"{prefix}_PORT_{port.Port}_{protocol}_ADDR"] = service.Spec.ClusterIP;
            }
        }

        return variables;
    }
}
