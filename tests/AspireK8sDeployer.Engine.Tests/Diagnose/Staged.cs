using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Diagnose;
using AspireK8sDeployer.Engine.Wait;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Diagnose;

/// <summary>Rollouts in one state, for what was not recorded; statuses and events are in the cluster's own words.</summary>
internal static class Staged
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 10, 0, TimeSpan.Zero);

    /// <summary>A pod with this status and these events, as <c>Reason: message</c>.</summary>
    public static IReadOnlyList<Diagnosis> Pod(string status, params string[] events) =>
        Diagnoser.Diagnose(Objects(status) with { Events = [.. events.Select(text => Event(text, "pod", "Pod", "greeter-1"))] }, Now);

    /// <summary>A pod whose only container waits so.</summary>
    public static IReadOnlyList<Diagnosis> Waiting(string reason, string message, params string[] events) => Pod(
        $$$$"""{"phase":"Pending","containerStatuses":[{"name":"app","image":"shop:1","ready":false,"restartCount":0,"state":{"waiting":{"reason":"{{{{reason}}}}","message":{{{{JsonValue.Create(message).ToJsonString()}}}}}}}]}""",
        events);

    /// <summary>A pod that no node takes.</summary>
    public static IReadOnlyList<Diagnosis> Unscheduled(string message, params string[] events) => Pod(
        $$$$"""{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":{{{{JsonValue.Create(message).ToJsonString()}}}}}]}""",
        events);

    /// <summary>A ReplicaSet that cannot create its pods.</summary>
    public static IReadOnlyList<Diagnosis> Refused(string message)
    {
        var objects = Objects(null);
        objects.ReplicaSets[0].Status = new V1ReplicaSetStatus { Conditions = [new V1ReplicaSetCondition { Type = "ReplicaFailure", Status = "True", Message = message }] };
        return Diagnoser.Diagnose(objects, Now);
    }

    /// <summary>A rollout that is done, and something beside it.</summary>
    public static IReadOnlyList<Diagnosis> Beside(params string[] items) =>
        [.. SideReadiness.Of(Objects(Ready) with { Beside = new SideObjects([.. items.Select(item => (JsonObject)JsonNode.Parse(item)!)]) }).Select(state => state.Cause).OfType<Diagnosis>()];

    public const string Ready = """{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"app","image":"shop:1","ready":true,"restartCount":0,"state":{"running":{}}}]}""";

    public static RolloutObjects Objects(string? status)
    {
        var template = """{"metadata":{"labels":{"app":"greeter"}},"spec":{"nodeName":"node-1","containers":[{"name":"app","image":"shop:1","ports":[{"name":"http","containerPort":8080}],"readinessProbe":{"httpGet":{"path":"/health","port":8080}}}]}}""";
        var spec = """{"nodeName":"node-1","containers":[{"name":"app","image":"shop:1","readinessProbe":{"httpGet":{"path":"/health","port":8080}}}]}""";
        return new RolloutObjects
        {
            Deployment = Read<V1Deployment>($$$$"""{"metadata":{"name":"greeter","uid":"deployment","generation":1},"spec":{"replicas":1,"template":{{{{template}}}}},"status":{"observedGeneration":1,"replicas":1,"updatedReplicas":1}}"""),
            ReplicaSets = [Read<V1ReplicaSet>($$$$"""{"metadata":{"name":"greeter-s","uid":"set","ownerReferences":[{"uid":"deployment"}]},"spec":{"template":{{{{template}}}}}}""")],
            Pods = status is null ? [] : [Read<V1Pod>($$$$"""{"metadata":{"name":"greeter-1","uid":"pod","ownerReferences":[{"uid":"set"}]},"spec":{{{{spec}}}},"status":{{{{status}}}}}""")],
        };
    }

    public static Corev1Event Event(string text, string uid, string kind, string name)
    {
        var parts = text.Split(": ", 2);
        return new Corev1Event
        {
            Reason = parts[0],
            Message = parts[1],
            LastTimestamp = Now.UtcDateTime.AddSeconds(-130),
            InvolvedObject = new V1ObjectReference { Uid = uid, Kind = kind, Name = name },
        };
    }

    private static T Read<T>(string json) => KubernetesJson.Deserialize<T>(json);
}
