using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace Examples;

/// <summary>
/// Where pods run, and what they find there: a cache, files and a variable of a Secret that is in the namespace already,
/// <c>kubectl create secret generic model-store -n examples --from-literal=token=…</c>.
/// </summary>
internal static class PodSettings
{
    public static void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPipelineDeployment<Projects.Greeter_Pipeline>("placed")
               .WithService(s => s.Type = ServiceType.NodePort)
               .WithPodSettings(p =>
               {
                   p.NodeSelectors["kubernetes.io/os"] = "linux";
                   p.Tolerations = [new V1Toleration { Key = "nvidia.com/gpu", OperatorProperty = "Exists", Effect = "NoSchedule" }];
                   p.Affinity = new V1Affinity { NodeAffinity = new V1NodeAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [OnFastDisks] } };
                   p.Volumes =
                   [
                       new V1Volume { Name = "cache", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity("1Gi") } },
                       new V1Volume { Name = "model-store", Secret = new V1SecretVolumeSource { SecretName = "model-store" } },
                   ];
                   p.VolumeMounts =
                   [
                       new V1VolumeMount { Name = "cache", MountPath = "/var/cache/models" },
                       new V1VolumeMount { Name = "model-store", MountPath = "/etc/model-store", ReadOnlyProperty = true },
                   ];
                   p.Env = [new V1EnvVar { Name = "MODEL_STORE_TOKEN", ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = "model-store", Key = "token" } } }];
               });

    private static V1PreferredSchedulingTerm OnFastDisks => new()
    {
        Weight = 50,
        Preference = new V1NodeSelectorTerm { MatchExpressions = [new V1NodeSelectorRequirement { Key = "disk", OperatorProperty = "In", Values = ["ssd"] }] },
    };
}
