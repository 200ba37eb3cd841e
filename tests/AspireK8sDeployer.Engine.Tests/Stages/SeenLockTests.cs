using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Apply;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class SeenLockTests
{
    [Theory]
    [InlineData("", "7", "7", true)]
    [InlineData("", "7", "8", false)]
    [InlineData("somebody", "7", "7", false)]
    public void APlanHolds_WhenNobodyHadTheLockMeanwhile(string holder, string before, string later, bool holds) =>
        Assert.Equal(holds, Lock(holder, before).IsSameAndFree(Lock(holder, later)));

    [Fact]
    public void ALockThatCameOrWent_WasHadBySomebody() => Assert.Equal(
        (true, false, false),
        (new SeenLock(null).IsSameAndFree(new SeenLock(null)), new SeenLock(null).IsSameAndFree(Lock("", "7")), Lock("", "7").IsSameAndFree(new SeenLock(null))));

    private static SeenLock Lock(string holder, string version) => new(new JsonObject
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = version },
        ["spec"] = new JsonObject { ["holderIdentity"] = holder },
    });
}
