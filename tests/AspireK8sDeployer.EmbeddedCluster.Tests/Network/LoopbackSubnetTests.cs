using AspireK8sDeployer.EmbeddedCluster.Network;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Network;

public sealed class LoopbackSubnetTests : IDisposable
{
    private readonly string _locks = Directory.CreateTempSubdirectory("subnets-").FullName;

    public void Dispose() => Directory.Delete(_locks, recursive: true);

    [Fact]
    public void PreferredNetwork_IsGivenAgainWhenItIsFree()
    {
        using (LoopbackSubnet.Reserve(_locks, preferred: 77))
        {
        }

        using var again = LoopbackSubnet.Reserve(_locks, preferred: 77);

        Assert.Equal((77, "127.77.0.1", "127.77.96.0/20", "127.77.16.1"), (again.Octet, again.Node.ToString(), again.ServiceCidr, again.Pods.Take().ToString()));
    }

    [Fact]
    public void TakenNetwork_IsNotSharedWithASecondCluster()
    {
        using var first = LoopbackSubnet.Reserve(_locks, preferred: 77);
        using var second = LoopbackSubnet.Reserve(_locks, preferred: 77);

        Assert.Equal((77, 78), (first.Octet, second.Octet));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    public void NetworksInUseElsewhere_AreNeverGiven(byte preferred)
    {
        using var subnet = LoopbackSubnet.Reserve(_locks, preferred);

        Assert.InRange(subnet.Octet, 16, 254);
    }
}
