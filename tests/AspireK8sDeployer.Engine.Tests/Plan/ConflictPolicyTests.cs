using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Plan;

public class ConflictPolicyTests
{
    private static readonly ConflictSituation Ours = new(TakesOver: false, IsFirstApply: false, AdoptionPolicy.Never, HasAutoscaler: false);

    [Theory]
    [InlineData("aspire-k8s-deployer-restart", ".spec.template", FieldClaim.Taken)]
    [InlineData("kubectl-edit", ".spec.replicas", FieldClaim.Drift)]
    [InlineData("kubectl-client-side-apply", ".spec.replicas", FieldClaim.Drift)]
    [InlineData("k9s", ".spec.paused", FieldClaim.Drift)]
    [InlineData("kube-controller-manager", ".spec.replicas", FieldClaim.Taken)]
    [InlineData("vpa-updater", ".spec.template.spec.containers[name=\"a\"].resources.requests.cpu", FieldClaim.Left)]
    [InlineData("istio-injector", ".spec.template.metadata.labels.x", FieldClaim.Left)]
    [InlineData("gkebackup", ".spec.paused", FieldClaim.Foreign)]
    public void AManager_KeepsOrLosesAField(string manager, string field, FieldClaim claim) =>
        Assert.Equal(claim, ConflictPolicy.Decide(new FieldConflict(field, manager), Ours));

    [Fact]
    public void AnAutoscaler_KeepsTheReplicas_AsLongAsItIsThere() =>
        Assert.Equal(FieldClaim.Left, ConflictPolicy.Decide(new FieldConflict(".spec.replicas", "kube-controller-manager"), Ours with { HasAutoscaler = true }));

    [Fact]
    public void WhatPeopleDid_IsTakenWithPermission_OrBeforeOurFirstApply()
    {
        var conflict = new FieldConflict(".spec.paused", "kubectl-edit");

        Assert.Equal(FieldClaim.Taken, ConflictPolicy.Decide(conflict, Ours with { TakesOver = true }));
        Assert.Equal(FieldClaim.Taken, ConflictPolicy.Decide(conflict, Ours with { IsFirstApply = true }));
    }

    [Theory]
    [InlineData(AdoptionPolicy.Unowned, false, FieldClaim.Taken)]
    [InlineData(AdoptionPolicy.Unowned, true, FieldClaim.Foreign)]
    [InlineData(AdoptionPolicy.All, true, FieldClaim.Taken)]
    public void WhoOnceWroteAnAdoptedObject_GivesItUp_WhoAppliesItDoesNot(AdoptionPolicy adopts, bool isApplied, FieldClaim claim) =>
        Assert.Equal(claim, ConflictPolicy.Decide(new FieldConflict(".spec.paused", "terraform", isApplied), Ours with { Adopts = adopts, TakesOver = true }));
}
