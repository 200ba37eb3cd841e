using AspireK8sDeployer.Engine;

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
    [InlineData("Gpu", "Cpu")]
    [InlineData("CpuLimit", null)]
    [InlineData("Anything", null)]
    public void AMistypedName_SuggestsTheNearestOne(string name, string? nearest) => Assert.Equal(nearest, NearestName.To(name, Known));

    [Theory]
    [InlineData("k9s", "k8s")]
    [InlineData("k8", "k8s")]
    [InlineData("dev", null)]
    [InlineData("prod", null)]
    public void ANameThatMayBeMeant_IsNoSlip(string name, string? nearest) => Assert.Equal(nearest, NearestName.To(name, ["k8s", "prod-eu"]));

    [Fact]
    public void TheLikeliest_IsTheFirst() =>
        Assert.Equal(["gke_project_prod", "prdo", "dev", "staging"], NearestName.Order("prod", ["dev", "gke_project_prod", "prdo", "staging"]));
}
