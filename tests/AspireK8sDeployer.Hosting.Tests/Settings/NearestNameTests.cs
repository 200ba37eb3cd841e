using AspireK8sDeployer.Hosting.Settings;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

public class NearestNameTests
{
    private static readonly string[] Known = ["Cpu", "MaxReplicas", "Memory", "MinReplicas", "ServicePort", "ServiceType"];

    [Theory]
    [InlineData("ServiceTyp", "ServiceType")]
    [InlineData("serviceport", "ServicePort")]
    [InlineData("MaxReplica", "MaxReplicas")]
    [InlineData("Memroy", "Memory")]
    [InlineData("Replicas", "MaxReplicas")]
    [InlineData("Gpu", null)]
    [InlineData("Anything", null)]
    public void AMistypedName_SuggestsTheNearestOne(string name, string? nearest) => Assert.Equal(nearest, NearestName.To(name, Known));
}
