using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class AdditionalResourcesTests(ClusterFixture fixture)
{
    private const string Extra = """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader}
        rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: extra}
        stringData: {password: hunter2hunter2}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FurtherObjects_ComeWithThePipeline_AndGoWithIt()
    {
        await using var space = await fixture.CreateSpaceAsync();
        var settings = space.Settings() with { AdditionalResources = [AdditionalResource.FromYaml(Extra, "extra.yaml")] };

        var first = await space.DeployAsync(settings);
        var again = await space.Engine.PlanAsync(settings, Cancellation);
        var without = await space.DeployAsync(space.Settings());

        Assert.DoesNotContain("hunter2hunter2", first.Plan.ToText(), StringComparison.Ordinal);
        Assert.Equal(["PersistentVolumeClaim/data", "Role/reader", "Secret/extra"], Extras(first.Plan, ChangeKind.Create));
        Assert.All(again.Changes, change => Assert.Equal(ChangeKind.Unchanged, change.Kind));
        Assert.Equal(["Role/reader", "Secret/extra"], Extras(without.Plan, ChangeKind.Delete));
        var claim = new ObjectId("v1", "PersistentVolumeClaim", space.Name, "data");
        Assert.Contains($"{claim} is not asked for any more. It is kept with what is in it: a deploy deletes no data.", without.Warnings);
        Assert.NotNull(await space.Objects.GetAsync(await KnownAsync(space, claim), Cancellation));

        var deleted = await space.Engine.DeleteAsync(settings.Identity, null, Cancellation);
        Assert.Contains($"{claim} is kept with what is in it: data goes only when it is told to (Destroy:DeleteData=true)", deleted.Warnings);
        Assert.NotNull(await space.Objects.GetAsync(claim, Cancellation));

        await space.Engine.DeleteAsync(settings.Identity, new DeletionOptions { DeleteData = true }, null, Cancellation);
        Assert.Null(await space.Objects.GetAsync(claim, Cancellation));
    }

    [Fact]
    public async Task AKindThatTheClusterDoesNotHave_IsOneClearError()
    {
        await using var space = await fixture.CreateSpaceAsync();
        var settings = space.Settings() with { AdditionalResources = [AdditionalResource.FromYaml("{apiVersion: example.com/v1, kind: Widget, metadata: {name: a}}", "x.yaml")] };

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => space.Engine.PlanAsync(settings, Cancellation));

        Assert.Equal(
            $"K8SD225: {space.Server} knows no Widget of example.com/v1, which Widget/{space.Name}/a is\n  → correct its apiVersion and kind, install what defines it, or leave it out of .WithAdditionalResources(…)",
            failure.Message);
    }

    [Fact]
    public async Task AKindOfNoNamespace_IsRefused()
    {
        await using var space = await fixture.CreateSpaceAsync();
        var settings = space.Settings() with { AdditionalResources = [AdditionalResource.FromYaml("{apiVersion: authorization.k8s.io/v1, kind: SelfSubjectAccessReview, metadata: {name: a}}", "x.yaml")] };

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => space.Engine.PlanAsync(settings, Cancellation));

        Assert.Equal("K8SD226", failure.Code);
    }

    private static async Task<ObjectId> KnownAsync(Space space, ObjectId id)
    {
        await space.Objects.Kinds.ResolveAsync([id], Cancellation);
        return id;
    }

    private static IEnumerable<string> Extras(DeploymentPlan plan, ChangeKind kind) => plan.Changes
        .Where(change => change.Kind == kind && change.Id.Name is ("data" or "reader" or "extra")).Select(change => $"{change.Id.Kind}/{change.Id.Name}").Order(StringComparer.Ordinal);
}
