using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Apply;

public class WavesTests
{
    private static readonly string[] Kinds =
    [
        "HTTPRoute", "Ingress", "ScaledObject", "HorizontalPodAutoscaler", "Deployment", "PodDisruptionBudget", "Service", "ConfigMap", "Secret",
        "RoleBinding", "ServiceAccount", "NetworkPolicy", "Widget",
    ];

    [Fact]
    public void WhatOthersNeed_IsAppliedFirst() => Assert.Equal(
        ["NetworkPolicy ServiceAccount", "ConfigMap PodDisruptionBudget RoleBinding Secret Service", "Deployment", "HTTPRoute HorizontalPodAutoscaler Ingress ScaledObject Widget"],
        Names(Waves.ToApply([.. Kinds.Append("Namespace").Select(kind => Planned(ChangeKind.Create, kind))])));

    [Fact]
    public void WhatLeadsToThePods_IsDeletedFirst() => Assert.Equal(
        ["HTTPRoute Ingress Widget", "ScaledObject", "HorizontalPodAutoscaler", "Deployment", "Service", "ConfigMap NetworkPolicy PodDisruptionBudget RoleBinding Secret", "ServiceAccount"],
        Names(Waves.ToDelete([.. Kinds.Select(kind => Planned(ChangeKind.Delete, kind))])));

    [Fact]
    public void WhatDoesNotChange_IsInNoWave() =>
        Assert.Empty(Waves.ToApply([Planned(ChangeKind.Unchanged, "Service"), Planned(ChangeKind.Delete, "Ingress")]));

    private static IEnumerable<string> Names(IEnumerable<IReadOnlyList<PlannedObject>> waves) =>
        waves.Select(wave => string.Join(' ', wave.Select(item => item.Id.Kind).Order(StringComparer.Ordinal)));

    private static PlannedObject Planned(ChangeKind change, string kind) =>
        new(new PlannedChange(change, new ObjectId("v1", kind, "demo", "greeter"), []), null, null);
}
