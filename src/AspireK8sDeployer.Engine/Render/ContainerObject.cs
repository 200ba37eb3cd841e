using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The container that serves the pipeline; named as the deployment.</summary>
internal static class ContainerObject
{
    /// <summary>The one port's name; probes and Service refer to it.</summary>
    public const string PortName = "http";

    public static JsonObject Render(DeploymentSettings settings, PodLinks links)
    {
        var container = new JsonObject { ["name"] = settings.Name, ["image"] = settings.Image };
        if (settings.ImagePullPolicy is { } policy)
        {
            container["imagePullPolicy"] = policy.ToString();
        }

        AddList(container, "command", settings.Command);
        AddList(container, "args", settings.Args);
        container["env"] = ContainerEnvironment.Render(settings, links);
        AddEnvironmentSources(container, settings.Pod);
        container["ports"] = Ports(settings);
        container["resources"] = Resources(settings.Resources);
        ProbeObjects.AddTo(container, settings);
        StopTimes.AddTo(container, settings);
        container["securityContext"] = SecurityContexts.OfContainer(settings.Pod.ContainerSecurityContext);
        return container;
    }

    private static JsonArray Ports(DeploymentSettings settings)
    {
        var ports = new JsonArray(Port(PortName, settings.Service.Port));
        if (settings.ImageIsOurs && PipelineMetrics.AreUsed(settings))
        {
            // Whoever collects for the autoscaler finds the port by its name; nobody else needs it to be written down.
            ports.Add(Port(PipelineMetrics.PortName, PipelineMetrics.Port));
        }

        return ports;
    }

    private static JsonObject Port(string name, int number) => new() { ["name"] = name, ["containerPort"] = number, ["protocol"] = "TCP" };

    private static void AddEnvironmentSources(JsonObject container, PodSettings pod)
    {
        if (pod.EnvFrom.Count > 0)
        {
            container["envFrom"] = ModelJson.OfList(pod.EnvFrom);
        }
    }

    private static JsonObject Resources(ResourceSettings settings)
    {
        JsonObject Amounts()
        {
            var amounts = new JsonObject { ["cpu"] = CpuQuantity.Format(settings.Cpu), ["memory"] = MemoryQuantity.Format(settings.Memory) };
            if (settings.Gpu is > 0 and { } gpu)
            {
                amounts["nvidia.com/gpu"] = gpu.ToString(CultureInfo.InvariantCulture);
            }

            return amounts;
        }

        return new JsonObject { ["requests"] = Amounts(), ["limits"] = Amounts() };
    }

    private static void AddList(JsonObject container, string field, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            container[field] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
        }
    }
}
