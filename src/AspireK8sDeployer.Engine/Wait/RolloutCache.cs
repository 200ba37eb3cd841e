using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>What the streams have told so far.</summary>
internal sealed class RolloutCache
{
    private readonly Dictionary<string, V1Deployment> _deployments = [];
    private readonly Dictionary<string, V1ReplicaSet> _replicaSets = [];
    private readonly Dictionary<string, V1Pod> _pods = [];
    private readonly Dictionary<string, Corev1Event> _events = [];

    /// <summary>Whether the first list has come: before it, nothing is known rather than nothing there.</summary>
    public bool KnowsDeployments { get; private set; }

    /// <summary>What is known of the other kinds.</summary>
    public SideCache Beside { get; } = new();

    public RolloutObjects Objects => new()
    {
        Deployment = _deployments.Values.FirstOrDefault(),
        ReplicaSets = [.. _replicaSets.Values],
        Pods = [.. _pods.Values],
        Events = [.. _events.Values],
    };

    public void Take(StreamEvent change)
    {
        switch (change.Kind.Kind)
        {
            case "Deployment":
                KnowsDeployments = true;
                Take(_deployments, change);
                break;
            case "ReplicaSet":
                Take(_replicaSets, change);
                break;
            case "Pod":
                Take(_pods, change);
                break;
            case "Event":
                Take(_events, change);
                break;
            default:
                Beside.Take(change);
                break;
        }
    }

    private static void Take<T>(Dictionary<string, T> objects, StreamEvent change)
    {
        if (change.Change == StreamChange.Reset)
        {
            objects.Clear();
        }

        foreach (var item in change.Objects)
        {
            var name = (string?)item["metadata"]?["name"] ?? "";
            if (change.Change == StreamChange.Removed)
            {
                objects.Remove(name);
            }
            else
            {
                objects[name] = Read<T>(item);
            }
        }
    }

    private static T Read<T>(JsonObject item) => KubernetesJson.Deserialize<T>(item.ToJsonString());
}
