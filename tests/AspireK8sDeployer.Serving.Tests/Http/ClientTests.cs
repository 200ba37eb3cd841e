using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving.Tests.Shared;

namespace AspireK8sDeployer.Serving.Tests.Http;

/// <summary>What the client and the server say of each other's side of the contract, put together.</summary>
public class ClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecordsAndEnums_ComeBackAsTheyWent()
    {
        await using var pipeline = await ServedPipeline.StartAsync((Order order) => order with { Count = order.Count + 1 });
        var client = new PipelineClient(pipeline.Http);

        var order = await client.InvokeAsync<Order>(new { order = new Order(1, DayOfWeek.Friday, ["a", "é"]) }, Token);

        Assert.Equal((2, DayOfWeek.Friday, "a é"), (order!.Count, order.Day, string.Join(' ', order.Notes)));
    }

    [Fact]
    public async Task DeepestValue_IsStillReadable()
    {
        await using var pipeline = await ServedPipeline.StartAsync((object value) => "taken");
        var client = new PipelineClient(pipeline.Http);
        var deepest = JsonNode.Parse(new string('[', 61) + new string(']', 61));

        Assert.Equal("taken", await client.InvokeAsync<string>(new JsonObject { ["value"] = deepest }, Token));
    }

    [Fact]
    public async Task RefusalsAndFailures_AreToldApart()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Task (bool fail) => throw new PipelineFailedException("as asked"));
        var client = new PipelineClient(pipeline.Http);

        var refused = await Assert.ThrowsAsync<PipelineRefusedException>(() => client.InvokeAsync<string>(new { fail = 1 }, Token));
        var failed = await Assert.ThrowsAsync<PipelineRunFailedException>(() => client.InvokeAsync<string>(new { fail = true }, Token));

        Assert.Equal("must be true or false, not a number", refused.Problem!.Errors!["fail"].Single());
        Assert.Equal("as asked", failed.Response.Error);
    }

    [Fact]
    public async Task InfoAndHealth_AreRead()
    {
        await using var pipeline = await ServedPipeline.StartAsync(() => 1);
        var client = new PipelineClient(pipeline.Http);

        var info = await client.GetInfoAsync(Token);

        Assert.Equal(("tested", "healthy"), (info.Pipeline.Name, info.Status));
        Assert.True((await client.GetHealthAsync(Token)).IsReady);
    }

    private sealed record Order(int Count, DayOfWeek Day, List<string> Notes);
}
