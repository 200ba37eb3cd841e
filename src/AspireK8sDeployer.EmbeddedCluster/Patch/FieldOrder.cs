using System.Collections.Frozen;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>
/// The order in which the server writes the fields of its types. Only messages that quote an object show it, so that the types of
/// the objects that are patched most are enough; the fields of others keep the order in which they are stored.
/// </summary>
internal static class FieldOrder
{
    private static readonly FrozenDictionary<string, string[]> Types = new Dictionary<string, string>
    {
        ["ObjectMeta"] = "name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp "
            + "deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields",
        ["DeploymentSpec"] = "replicas selector template strategy minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds",
        ["DeploymentStatus"] = "observedGeneration replicas updatedReplicas readyReplicas availableReplicas unavailableReplicas "
            + "terminatingReplicas conditions collisionCount",
        ["DeploymentStrategy"] = "type rollingUpdate",
        ["RollingUpdateDeployment"] = "maxUnavailable maxSurge",
        ["DeploymentCondition"] = "type status lastUpdateTime lastTransitionTime reason message",
        ["PodTemplateSpec"] = "metadata spec",
        ["PodSpec"] = "volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds "
            + "activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName "
            + "hostNetwork hostPID hostIPC shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity "
            + "schedulerName tolerations hostAliases priorityClassName priority dnsConfig readinessGates runtimeClassName "
            + "enableServiceLinks preemptionPolicy overhead topologySpreadConstraints",
        ["Container"] = "name image command args workingDir ports envFrom env resources resizePolicy restartPolicy volumeMounts "
            + "volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy "
            + "imagePullPolicy securityContext stdin stdinOnce tty",
        ["ContainerPort"] = "name hostPort containerPort protocol hostIP",
        ["EnvVar"] = "name value valueFrom",
        ["VolumeMount"] = "name readOnly mountPath subPath mountPropagation subPathExpr",
        ["ServiceSpec"] = "ports selector clusterIP clusterIPs type externalIPs sessionAffinity loadBalancerIP "
            + "loadBalancerSourceRanges externalName externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses "
            + "sessionAffinityConfig ipFamilies ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy",
        ["ServicePort"] = "name protocol appProtocol port targetPort nodePort",
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Split(' '));

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(JsonObject obj, StructType? type)
    {
        if (type is null || !Types.TryGetValue(type.Name, out var order))
        {
            return obj;
        }

        return obj.OrderBy(pair => Array.IndexOf(order, pair.Key) is >= 0 and var place ? place : order.Length);
    }
}
