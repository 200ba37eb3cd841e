using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

public class EnvironmentTests
{
    [Fact]
    public async Task PlainValues_StayPlain()
    {
        var settings = await ResolveAsync((_, greeter) => greeter.WithEnvironment("GREETING", "Hello"));

        Assert.Equal("Hello", settings.Environment["GREETING"]);
    }

    [Fact]
    public async Task ASecretParameter_IsKeptApart()
    {
        var settings = await ResolveAsync(
            (builder, greeter) => greeter.WithEnvironment("TOKEN", builder.AddParameter("token", secret: true)), args: "--Parameters:token=s3cret");

        Assert.Equal("s3cret", settings.SecretEnvironment["TOKEN"]);
        Assert.DoesNotContain("TOKEN", settings.Environment.Keys);
    }

    [Fact]
    public async Task AParameterItself_IsReadLikeItsResource_FromACallbackToo()
    {
        var settings = await ResolveAsync(
            (builder, greeter) =>
            {
                var (plain, secret) = (builder.AddParameter("plain"), builder.AddParameter("token", secret: true));
                greeter.WithEnvironment(context => (context.EnvironmentVariables["PLAIN"], context.EnvironmentVariables["TOKEN"]) = (plain, secret));
            },
            args: ["--Parameters:plain=text", "--Parameters:token=s3cret"]);

        Assert.Equal(("text", "s3cret"), (settings.Environment["PLAIN"], settings.SecretEnvironment["TOKEN"]));
    }

    [Fact]
    public async Task TextWithASecretInIt_IsSecretAsAWhole()
    {
        var settings = await ResolveAsync(
            (builder, greeter) =>
            {
                var password = builder.AddParameter("password", secret: true);
                greeter.WithEnvironment("URL", ReferenceExpression.Create($"postgres://app:{password.Resource}@db"));
            },
            args: "--Parameters:password=s3cret");

        Assert.Equal("postgres://app:s3cret@db", settings.SecretEnvironment["URL"]);
        Assert.Equal(["s3cret"], settings.ValuesToHide);
    }

    [Fact]
    public async Task EverySecretInAText_IsHiddenByItself_EscapedAndPlain()
    {
        var settings = await ResolveAsync(
            (builder, greeter) =>
            {
                var user = builder.AddParameter("user");
                var password = builder.AddParameter("password", secret: true);
                var key = builder.AddParameter("key", secret: true);
                var address = ReferenceExpression.Create($"amqp://{user.Resource}:{password.Resource:uri}@mq");
                greeter.WithEnvironment("BOTH", ReferenceExpression.Create($"{address};key={key.Resource}"));
            },
            args: ["--Parameters:user=app", "--Parameters:password=s3/cret", "--Parameters:key=k3y"]);

        Assert.Equal("amqp://app:s3%2Fcret@mq;key=k3y", settings.SecretEnvironment["BOTH"]);
        Assert.Equal(["s3/cret", "s3%2Fcret", "k3y"], settings.ValuesToHide);
    }

    [Fact]
    public async Task Publishing_ReadsNoSecret_ButSaysWhichItIs()
    {
        var settings = await ResolveAsync(
            (builder, greeter) =>
            {
                var token = builder.AddParameter("token", secret: true);
                var user = builder.AddParameter("user");
                greeter
                    .WithEnvironment("TOKEN", token)
                    .WithEnvironment("ADDRESS", ReferenceExpression.Create($"amqp://{user.Resource}:{token.Resource:uri}@mq"))
                    .WithEnvironment(environment =>
                    {
                        environment.EnvironmentVariables["COMPOSED"] = new Database("composed", ReferenceExpression.Create($"Host=db;User={user.Resource};Password={token.Resource}"));
                        environment.EnvironmentVariables["FIXED"] = new Database("fixed", ReferenceExpression.Create($"Host=db;Password=in-the-code"));
                    });
            },
            SettingsUse.Publish,
            "--Parameters:user=app", "--Parameters:token=s3cret");

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["TOKEN"] = "{token.value}",
                ["ADDRESS"] = "amqp://app:{token.value:uri}@mq",
                ["COMPOSED"] = "Host=db;User={user.value};Password={token.value}",
                ["FIXED"] = "{fixed.connectionString}",
            },
            settings.SecretEnvironment);
    }

    [Fact]
    public async Task AspiresOwnPorts_AreLeftOut()
    {
        var settings = await ResolveAsync((_, greeter) => greeter
            .WithEnvironment("HTTP_PORTS", "5000").WithEnvironment("HTTPS_PORTS", "5001").WithEnvironment("ASPNETCORE_URLS", "http://localhost:5000"));

        Assert.DoesNotContain(settings.Environment.Keys, name => name.Contains("PORTS", StringComparison.Ordinal) || name.Contains("URLS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AReference_BecomesTheServicesNameAndPort()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c").WithNamespace("pipelines");
        var upper = builder.AddPipelineDeployment<GreeterProject>("upper").WithService(s => s.Port = 9000);
        builder.AddPipelineDeployment<GreeterProject>("greeter").WithReference(upper).WithEnvironment("UPPER", upper.GetEndpoint("http"));

        var settings = (await builder.ResolveAsync()).Deployments.Single(deployment => deployment.Resource.Name == "greeter").Settings;

        Assert.Equal(
            ("http://upper.pipelines.svc:9000", "http://upper.pipelines.svc:9000"),
            (settings.Environment["UPPER"], settings.Environment["services__upper__http__0"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AReferenceToSomethingUndeployed_IsAMistake(bool boundByAspire)
    {
        var builder = TestAppHost.Create();
        var deployer = builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        var cache = builder.AddContainer("cache", "redis").WithEndpoint(targetPort: 6379, name: "tcp");
        if (boundByAspire)
        {
            cache.WithComputeEnvironment(deployer);
        }

        builder.AddPipelineDeployment<GreeterProject>("greeter").WithEnvironment("CACHE", cache.GetEndpoint("tcp"));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => builder.ResolveAsync());

        Assert.Equal(
            """
            K8SD100: Deployer "k8s" has a setting that is wrong:
              greeter: Environment CACHE refers to the endpoint "tcp" of "cache", which is not deployed to a cluster
                → deploy it too, with AddPipelineDeployment, or give its address as a parameter when publishing
              → nothing was built or applied; mend this, and try again
            """,
            failure.Message);
    }

    private static async Task<DeploymentSettings> ResolveAsync(
        Action<IDistributedApplicationBuilder, IResourceBuilder<ProjectResource>> configure, SettingsUse use = SettingsUse.Deploy, params string[] args)
    {
        var builder = TestAppHost.Create(args);
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        configure(builder, builder.AddPipelineDeployment<GreeterProject>("greeter"));

        return (await builder.ResolveAsync(use)).Deployments.Single().Settings;
    }

    private sealed class Database(string name, ReferenceExpression connection) : Resource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => connection;
    }
}
