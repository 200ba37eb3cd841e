using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

/// <summary>Changes of one setting, short enough for a row of a table.</summary>
internal static class Given
{
    public static V1Volume Cache => new() { Name = "cache", EmptyDir = new() };

    public static V1TopologySpreadConstraint Zone => new() { MaxSkew = 1, TopologyKey = "zone", WhenUnsatisfiable = "DoNotSchedule" };

    public static AutoscalingSettings Keda => new() { Autoscaler = AutoscalerKind.Keda, Metric = AutoscalingMetric.Rps, Target = 10, PrometheusAddress = "http://prometheus:9090" };

    public static AdditionalResource Extra => AdditionalResource.FromYaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: extra}, data: {a: b}}", "extra.yaml");

    public static Change With(Change change) => change;

    public static Change Service(ServiceSettings service) => s => s with { Service = service };

    public static Change Resources(ResourceSettings resources) => s => s with { Resources = resources };

    public static Change Scaled(int? minimum, int? maximum, AutoscalingSettings autoscaling) =>
        s => s with { Resources = new() { MinReplicas = minimum, MaxReplicas = maximum }, Autoscaling = autoscaling };

    public static Change Ingress(IngressSettings ingress) => s => s with { Ingress = ingress };

    public static Change Gateway(GatewaySettings gateway) => s => s with { Gateway = gateway };

    public static Change ServiceAccount(ServiceAccountSettings account) => s => s with { ServiceAccount = account };

    public static Change Additional(string yaml) => s => s with { AdditionalResources = [AdditionalResource.FromYaml(yaml, "extra.yaml")] };

    public static Change Environment(string name, string value = "x") => s => s with { Environment = Map(name, value) };

    public static Change Pod(PodSettings pod) => s => s with { Pod = pod };

    public static Change Nodes(V1NodeAffinity nodes) => Pod(new() { Affinity = new() { NodeAffinity = nodes } });

    public static Change NodeTerm(V1NodeSelectorTerm term) => Nodes(new() { RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [term] } });

    public static Change NearPods(V1PodAffinityTerm term) => Pod(new() { Affinity = new() { PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [term] } } });

    public static Change Spread(V1TopologySpreadConstraint constraint) => Pod(new() { TopologySpread = [constraint] });

    public static Change Volume(V1Volume volume) => Pod(new() { Volumes = [volume] });

    public static Change Mount(V1VolumeMount mount) => Pod(new() { Volumes = [Cache], VolumeMounts = [mount] });

    public static Change Variable(V1EnvVar variable) => Pod(new() { Env = [variable] });

    public static Change Init(V1Container container) => Pod(new() { InitContainers = [container] });

    public static Change Sidecar(V1Container container) => Pod(new() { Sidecars = [container] });

    public static Change PodSecurity(V1PodSecurityContext context) => Pod(new() { PodSecurityContext = context });

    public static Change Security(V1SecurityContext context) => Pod(new() { ContainerSecurityContext = context });

    public static Change Configured(Action<V1PodSpec> configure) => Pod(new() { Configure = configure });

    public static Dictionary<string, string> Map(string key, string value) => new() { [key] = value };

    public static Dictionary<string, ResourceQuantity> Amount(string cpu) => new() { ["cpu"] = new(cpu) };
}
