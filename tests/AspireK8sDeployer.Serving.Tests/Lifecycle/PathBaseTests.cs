using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving.Tests.Shared;

namespace AspireK8sDeployer.Serving.Tests.Lifecycle;

public class PathBaseTests
{
    [Theory]
    [InlineData("/apps/greeter", "/apps/greeter/health", 200)]
    [InlineData("/apps/greeter/", "/apps/greeter/health", 200)]
    [InlineData("/apps/greeter", "/health", 200)]
    [InlineData("/apps/greeter", "/apps/health", 404)]
    [InlineData("/", "/health", 200)]
    [InlineData("", "/health", 200)]
    public async Task PipelineAnswers_WithAndWithoutItsPathBase(string pathBase, string path, int status)
    {
        await using var pipeline = await ServeUnderAsync(pathBase);

        Assert.Equal(status, (await pipeline.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Invoke_WorksUnderThePathBase()
    {
        await using var pipeline = await ServeUnderAsync("/greeter");

        var answer = await pipeline.PostAsync("{}"u8.ToArray(), path: "/greeter/invoke");

        Assert.Equal("""{"output":"done"}""", answer.Outputs);
    }

    [Fact]
    public async Task PathBaseThatIsNoPath_IsRefusedAtStart()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => ServeUnderAsync("greeter"));

        Assert.Equal(
            "PipelineDeployment__PathBase is 'greeter', which is not a path.\n  → start it with '/', such as '/greeter'", exception.Message);
    }

    private static Task<ServedPipeline> ServeUnderAsync(string pathBase) => ServedPipeline.StartAsync(
        () => "done", builder => builder.Configuration[$"{PipelineEnvironment.Section}:PathBase"] = pathBase);
}
