using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Network;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Network;

public class AddressPoolTests
{
    private readonly AddressPool _pool = new(IPAddress.Parse("127.20.16.0"), prefixLength: 29);

    [Fact]
    public void AllTaken_NetworkAndBroadcastAddressAreLeft()
    {
        var taken = Enumerable.Range(0, 6).Select(_ => _pool.Take().ToString());

        Assert.Equal(["127.20.16.1", "127.20.16.2", "127.20.16.3", "127.20.16.4", "127.20.16.5", "127.20.16.6"], taken);
        Assert.Throws<InvalidOperationException>(_pool.Take);
    }

    [Fact]
    public void ReturnedAddress_IsTakenAgainLast()
    {
        var first = _pool.Take();
        _pool.Return(first);

        var next = Enumerable.Range(0, 6).Select(_ => _pool.Take().ToString());

        Assert.Equal(["127.20.16.2", "127.20.16.3", "127.20.16.4", "127.20.16.5", "127.20.16.6", "127.20.16.1"], next);
    }

    [Theory]
    [InlineData("127.20.16.3", true)]
    [InlineData("127.20.16.0", false)]
    [InlineData("127.20.16.7", false)]
    [InlineData("127.20.17.3", false)]
    public void WantedAddress_IsTakenOnlyFromTheNetwork(string address, bool taken) =>
        Assert.Equal(taken, _pool.TryTake(IPAddress.Parse(address)));
}
