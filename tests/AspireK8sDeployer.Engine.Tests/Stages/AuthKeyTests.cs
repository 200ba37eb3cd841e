using System.Text;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class AuthKeyTests(ClusterFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AGeneratedKey_IsMadeOnce_AndIsNowhereToBeSeen()
    {
        await using var space = await fixture.CreateSpaceAsync();
        var settings = space.Settings() with { AuthKey = AuthKey.Generated };

        var first = await space.DeployAsync(settings);
        var key = await KeyAsync(space);
        var again = await space.Engine.PlanAsync(settings, Cancellation);

        Assert.Matches("^[A-Za-z0-9_-]{43}$", key);
        Assert.Equal(key, await space.Engine.ReadAuthKeyAsync(settings.Identity, Cancellation));
        Assert.All(again.Changes, change => Assert.Equal(ChangeKind.Unchanged, change.Kind));
        Assert.DoesNotContain(key, first.Plan.ToText() + again.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherKey_IsOneChangeOfTheSecret_AndRollsNothing()
    {
        await using var space = await fixture.CreateSpaceAsync();
        var settings = space.Settings() with { AuthKey = AuthKey.Of("the-first-key-of-all") };
        await space.DeployAsync(settings);

        var plan = await space.Engine.PlanAsync(settings with { AuthKey = AuthKey.Of("the-first-key-of-all\nthe-second-one") }, Cancellation);

        var change = Assert.Single(plan.Changes, change => change.Kind != ChangeKind.Unchanged);
        Assert.Matches("^Secret/" + space.Name + "/greeter-auth: data.keys: ••• \\(20 B, [0-9a-f]{4}\\) -> ••• \\(35 B, [0-9a-f]{4}\\)$", $"{change.Id}: {Assert.Single(change.Fields)}");
    }

    private static async Task<string> KeyAsync(Space space) =>
        Encoding.UTF8.GetString(Convert.FromBase64String((string)(await space.GetAsync(ObjectKind.Secret, "greeter-auth"))!["data"]!["keys"]!));
}
