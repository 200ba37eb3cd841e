using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.AspireStandIn.Tests.Model;

public sealed class ValueTests
{
    [Fact]
    public async Task AnExpression_KeepsItsHoles_UntilTheyAreAskedFor()
    {
        var builder = DistributedApplication.CreateBuilder(["--Parameters:user=Ada/L"]);
        var user = builder.AddParameter("user");
        var expression = ReferenceExpression.Create($"{{x}} {user} and {user.Resource:uri}");

        var value = await expression.GetValueAsync(TestContext.Current.CancellationToken);

        Assert.Equal("{x} Ada/L and Ada%2FL", value);
        Assert.Equal("{x} {user.value} and {user.value}", expression.ValueExpression);
    }

    [Theory]
    [InlineData("TRUE", "on")]
    [InlineData("false", "off")]
    public async Task AConditionalExpression_IsOneOfTwo(string condition, string expected)
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var parameter = builder.AddParameter("tls", condition);
        var expression = ReferenceExpression.CreateConditional(
            parameter.Resource, "True", ReferenceExpression.Create($"on"), ReferenceExpression.Create($"off"));

        Assert.Equal(expected, await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AParameterWithoutValue_SaysWhichKeyIsMissing()
    {
        var parameter = DistributedApplication.CreateBuilder([]).AddParameter("api-key", secret: true);

        var failure = await Assert.ThrowsAsync<MissingParameterValueException>(
            async () => await parameter.Resource.GetValueAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The parameter 'api-key' has no value: the configuration key 'Parameters:api-key' is missing.", failure.Message);
    }

    [Fact]
    public async Task AParameterWithAHyphen_IsFoundUnderTheNameThatAVariableCanHave()
    {
        var parameter = DistributedApplication.CreateBuilder(["--Parameters:api_key=k"]).AddParameter("api-key");

        Assert.Equal("k", await parameter.Resource.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("nginx", "nginx:latest")]
    [InlineData("nginx:1.27", "nginx:1.27")]
    [InlineData("localhost:5000/team/app", "localhost:5000/team/app:latest")]
    [InlineData("ghcr.io/team/app:2", "ghcr.io/team/app:2")]
    [InlineData("team/app@sha256:abc", "team/app@sha256:abc")]
    public void AnImage_IsTakenApart_AndPutTogetherAgain(string image, string name)
    {
        var container = DistributedApplication.CreateBuilder([]).AddContainer("web", image);

        Assert.True(container.Resource.TryGetContainerImageName(out var found));
        Assert.Equal(name, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1web")]
    [InlineData("web_1")]
    [InlineData("web--1")]
    [InlineData("web-")]
    public void ANameThatIsNone_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(nameof(name), () => DistributedApplication.CreateBuilder([]).AddContainer(name, "nginx"));

    [Fact]
    public void TwoResourcesOfOneName_AreRefused()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddContainer("web", "nginx");

        var failure = Assert.Throws<DistributedApplicationException>(() => builder.AddContainer("WEB", "nginx"));

        Assert.Equal("The model already has a resource 'WEB'. Names are not case-sensitive.", failure.Message);
    }
}
