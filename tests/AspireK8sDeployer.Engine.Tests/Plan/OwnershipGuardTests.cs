using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Plan;

public class OwnershipGuardTests
{
    private static readonly DeploymentIdentity Deployment = A.Settings().Identity;

    [Fact]
    public void OurOwnInventory_IsTaken() => OwnershipGuard.Check(Deployment, WithInventory(_ => { }));

    [Theory]
    [InlineData(Names.ManagedByLabel, "helm", "K8SD220", "exists and is not ours: 'helm' manages it")]
    [InlineData(Names.DeploymentLabel, "another", "K8SD220", "exists and is not ours: it does not carry our labels")]
    [InlineData(Names.PartOfLabel, "Other.AppHost", "K8SD221", "belongs to the application 'Other.AppHost', this is 'Greeter.AppHost'")]
    public void AnInventoryWithAnotherLabel_IsSomebodyElses(string label, string value, string code, string problem)
    {
        var live = WithInventory(labels => labels[label] = value);

        var failure = Assert.Throws<DeploymentException>(() => OwnershipGuard.Check(Deployment, live));

        Assert.Equal((code, $"{Inventory.IdOf(Deployment)} {problem}"), (failure.Code, failure.Problem));
    }

    private static LiveObjects WithInventory(Action<JsonObject> change)
    {
        var inventory = Inventory.New(Deployment);
        var secret = inventory.ToSecret();
        change((JsonObject)secret["metadata"]!["labels"]!);
        return new LiveObjects { Namespace = null, Objects = new Dictionary<ObjectId, JsonObject>(), InventorySecret = secret, Inventory = inventory };
    }
}
