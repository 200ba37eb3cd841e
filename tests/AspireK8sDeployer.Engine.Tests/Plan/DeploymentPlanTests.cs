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

    private static DeploymentPlan Plan(params PlannedChange[] changes) =>
        new() { Deployment = "greeter", Namespace = "demo", Server = "https://cluster/", Changes = changes };
}
