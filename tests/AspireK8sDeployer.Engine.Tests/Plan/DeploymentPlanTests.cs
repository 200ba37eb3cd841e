using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Plan;

public class DeploymentPlanTests
{
    [Fact]
    public void Text_HasALineForEachObjectAndField_AndACount()
    {
        var plan = Plan(
            new PlannedChange(ChangeKind.Unchanged, new ObjectId("v1", "Namespace", null, "demo"), []),
            new PlannedChange(ChangeKind.Create, new ObjectId("v1", "Service", "demo", "greeter"), []),
            new PlannedChange(
                ChangeKind.Update,
                new ObjectId("apps/v1", "Deployment", "demo", "greeter"),
                [new FieldChange("spec.replicas", "1", "3"), new FieldChange("spec.template.spec.containers[name=greeter].image", "a", "b")],
                "rolls 3 pods"),
            new PlannedChange(ChangeKind.Delete, new ObjectId("v1", "Secret", "demo", "greeter-env-1"), []));

        Assert.Equal(
            """
            Plan for greeter in namespace demo of https://cluster/
              = Namespace/demo unchanged
              + Service/demo/greeter create
              ~ Deployment/demo/greeter update (rolls 3 pods)
                  spec.replicas: 1 -> 3
                  spec.template.spec.containers[name=greeter].image: a -> b
              - Secret/demo/greeter-env-1 delete
              warning: look out
            1 to create, 1 to update, 1 to delete, 1 unchanged.

            """,
            (plan with { Warnings = ["look out"] }).ToText());
    }

    [Fact]
    public void WithoutChanges_ItSaysSo()
    {
        var plan = Plan(new PlannedChange(ChangeKind.Unchanged, new ObjectId("v1", "Namespace", null, "demo"), []));

        Assert.False(plan.HasChanges);
        Assert.EndsWith("Nothing changes.\n", plan.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsInTheWay_HasItsSymbol_AndItsReason()
    {
        var id = new ObjectId("v1", "Service", "demo", "greeter");
        var field = new FieldChange("spec.type", "ClusterIP", "NodePort") { Owner = new FieldOwner("kubectl-edit", new DateTimeOffset(2026, 8, 1, 10, 0, 0, TimeSpan.Zero), FieldClaim.Drift) };
        var plan = Plan(
            new PlannedChange(ChangeKind.Adopt, id, [], "it was written by \"helm\""),
            new PlannedChange(ChangeKind.Replace, id, [], "its addresses are lost"),
            new PlannedChange(ChangeKind.Conflict, id, [field])) with
        { Blockers = [new PlanBlocker(id, "K8SD222", "it was changed", "set it back")] };

        Assert.Equal(
            """
            Plan for greeter in namespace demo of https://cluster/
              @ Service/demo/greeter adopt (it was written by "helm")
              -/+ Service/demo/greeter replace (its addresses are lost)
              ! Service/demo/greeter conflict
                  spec.type: ClusterIP -> NodePort (drift: set by "kubectl-edit", 2026-08-01 10:00 UTC)
              refused: K8SD222 it was changed
                → set it back
            1 to adopt, 1 to replace, 1 in conflict.

            """,
            plan.ToText());
        Assert.Contains("\u001b[36m@ Service/demo/greeter adopt\u001b[0m", plan.ToText(colored: true), StringComparison.Ordinal);
        Assert.EndsWith(
            """
            {"action":"conflict","object":{"apiVersion":"v1","kind":"Service","namespace":"demo","name":"greeter"},"note":null,"fields":[{"path":"spec.type","before":"ClusterIP","after":"NodePort","owner":{"manager":"kubectl-edit","since":"2026-08-01T10:00:00.0000000Z","claim":"drift"}}]}],"warnings":[],"blockers":[{"object":{"apiVersion":"v1","kind":"Service","namespace":"demo","name":"greeter"},"code":"K8SD222","exitCode":5,"problem":"it was changed","fix":"set it back"}]}
            """,
            plan.ToJson(), StringComparison.Ordinal);
    }

    private static DeploymentPlan Plan(params PlannedChange[] changes) =>
        new() { Deployment = "greeter", Namespace = "demo", Server = "https://cluster/", Changes = changes };
}
