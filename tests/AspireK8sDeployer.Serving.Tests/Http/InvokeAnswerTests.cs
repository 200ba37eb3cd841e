using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Serving.Tests.Shared;

namespace AspireK8sDeployer.Serving.Tests.Http;

public class InvokeAnswerTests
{
    [Fact]
    public async Task Answer_HasZenMlsFields_InFull()
    {
        await using var pipeline = await ServedPipeline.StartAsync(
            (string name, int times = 2) => new { text = name },
            builder =>
            {
                builder.Configuration["PipelineDeployment:Id"] = "d-1";
                builder.Configuration["PipelineDeployment:Name"] = "greeter-prod";
                builder.Configuration["PipelineDeployment:SnapshotId"] = "s-1";
                builder.Configuration["PipelineDeployment:SnapshotName"] = "v7";
            });

        var answer = await pipeline.PostAsync("""{"parameters":{"name":"Ada"},"run_name":"tuesday"}""");

        var time = answer.Body!["execution_time"]!.GetValue<double>();
        Assert.InRange(time, 0, 60);
        Assert.True(Guid.TryParse(answer.RunId, out _));
        AssertJson.Equal(
            $$"""
            {
              "success": true,
              "outputs": {"text": "Ada"},
              "execution_time": {{answer.Body["execution_time"]!.ToJsonString()}},
              "metadata": {
                "deployment_id": "d-1", "deployment_name": "greeter-prod", "snapshot_id": "s-1", "snapshot_name": "v7",
                "pipeline_name": "tested", "run_id": "{{answer.RunId}}", "run_name": "tuesday",
                "parameters_used": {"name": "Ada", "times": 2}
              },
              "error": null
            }
            """,
            answer.Body);
    }

    [Fact]
    public async Task WithoutADeployer_ThePipelinesNameStandsForTheDeployments()
    {
        await using var pipeline = await ServedPipeline.StartAsync(() => 1);

        var metadata = (await pipeline.PostAsync("{}")).Body!["metadata"]!;

        Assert.Equal(
            (null, "tested", null, null, $"tested-{metadata["run_id"]}"),
            (metadata["deployment_id"], (string?)metadata["deployment_name"], metadata["snapshot_id"], metadata["snapshot_name"], (string?)metadata["run_name"]));
    }

    public static TheoryData<Delegate, string> Results { get; } = new()
    {
        { () => "text", """{"output":"text"}""" },
        { () => 3, """{"output":3}""" },
        { () => DayOfWeek.Friday, """{"output":"Friday"}""" },
        { () => new[] { 1, 2 }, """{"output":[1,2]}""" },
        { () => new Dictionary<string, int> { ["a"] = 1 }, """{"a":1}""" },
        { () => new { Text = "anonymous" }, """{"text":"anonymous"}""" },
        { string? () => null, """{"output":null}""" },
        { () => JsonElement.Parse("[1]"), """{"output":[1]}""" },
        { () => JsonElement.Parse("""{"a":1}"""), """{"a":1}""" },
        { JsonNode () => new JsonObject { ["a"] = 1 }, """{"a":1}""" },
        { object () => 3, """{"output":3}""" },
        { object () => new { a = 1 }, """{"a":1}""" },
        { () => { }, "{}" },
        { () => Task.CompletedTask, "{}" },
        { () => Task.FromResult(1), """{"output":1}""" },
        { ValueTask () => default, "{}" },
        { () => ValueTask.FromResult("v"), """{"output":"v"}""" },
        { async (PipelineRun run) => { await Task.Yield(); return run.PipelineName; }, """{"output":"tested"}""" },
    };

    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public async Task ResultOfAnyType_BecomesAnObjectOfOutputs(Delegate handler, string outputs)
    {
        await using var pipeline = await ServedPipeline.StartAsync(handler);

        var answer = await pipeline.PostAsync("{}");

        Assert.Equal((200, outputs), (answer.Status, answer.Outputs));
    }

    [Fact]
    public async Task RecordThatIsNull_GivesNoOutputs()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Version? () => null);
        await using var ofRecord = await ServedPipeline.StartAsync(Thing? () => null);

        Assert.Equal("""{"output":null}""", (await pipeline.PostAsync("{}")).Outputs);
        Assert.Equal((200, null), ((await ofRecord.PostAsync("{}")) is var answer ? answer.Status : 0, answer.Outputs));
    }

    [Fact]
    public async Task TextOutsideAscii_IsWrittenAsItIs()
    {
        await using var pipeline = await ServedPipeline.StartAsync((string name) => name);
        using var content = new StringContent("""{"parameters":{"name":"Zoë <3 😀"}}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

        using var response = await pipeline.Http.PostAsync(new Uri("/invoke", UriKind.Relative), content, TestContext.Current.CancellationToken);

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("""
            "outputs":{"output":"Zoë <3
            """, text, StringComparison.Ordinal);
    }

    private sealed record Thing(string Name);
}
