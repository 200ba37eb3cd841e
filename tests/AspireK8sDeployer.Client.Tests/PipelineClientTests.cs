using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Client.Tests;

public class PipelineClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parameters_AreSentByName_AndOutputsReadByType()
    {
        var pipeline = new FixedAnswer(HttpStatusCode.OK, """{"success":true,"outputs":{"text":"Hello, Ada!","day":"Friday"}}""");

        var greeting = await pipeline.Client().InvokeAsync<Greeting>(new { Name = "Ada", Day = DayOfWeek.Friday }, Token);

        Assert.Equal(new Greeting("Hello, Ada!", DayOfWeek.Friday), greeting);
        Assert.Equal(
            [("POST", "http://pipeline:8000/invoke", "application/json", """{"parameters":{"name":"Ada","day":"Friday"}}""")],
            pipeline.Requests);
    }

    [Fact]
    public async Task RunNameAndTimeout_AreSentWhenGiven()
    {
        var pipeline = new FixedAnswer(HttpStatusCode.OK, """{"success":true,"outputs":{}}""");

        await pipeline.Client().InvokeAsync(
            new InvokeRequest { Parameters = new JsonObject { ["n"] = 1 }, RunName = "tuesday", Timeout = 2.5 }, Token);

        Assert.Equal("""{"parameters":{"n":1},"run_name":"tuesday","timeout":2.5}""", pipeline.Requests.Single().Body);
    }

    [Theory]
    [InlineData("http://host", "http://host/invoke")]
    [InlineData("http://host/apps/greeter", "http://host/apps/greeter/invoke")]
    [InlineData("http://host/apps/greeter/", "http://host/apps/greeter/invoke")]
    public async Task PathOfTheBaseAddress_IsKept(string baseAddress, string uri)
    {
        var pipeline = new FixedAnswer(HttpStatusCode.OK, """{"success":true}""");

        await pipeline.Client(baseAddress).InvokeAsync<JsonElement?>(null, Token);

        Assert.Equal(uri, pipeline.Requests.Single().Uri);
    }

    [Fact]
    public async Task ResultThatIsNoObject_IsReadFromItsName()
    {
        Assert.Equal("text", await OutputAsync<string>("""{"output":"text"}"""));
        Assert.Equal(3, await OutputAsync<int>("""{"output":3}"""));
        Assert.Equal(new List<int> { 1, 2 }, await OutputAsync<List<int>>("""{"output":[1,2]}"""));
        Assert.Null(await OutputAsync<string>("""{"output":null}"""));
        Assert.Equal(new Wrapped(3), await OutputAsync<Wrapped>("""{"output":3}"""));
        Assert.Equal(new Dictionary<string, int> { ["output"] = 3 }, await OutputAsync<Dictionary<string, int>>("""{"output":3}"""));
        Assert.Equal("""{"output":3}""", (await OutputAsync<JsonElement>("""{"output":3}""")).GetRawText());
        Assert.Equal("""{"output":3}""", (await OutputAsync<JsonNode>("""{"output":3}"""))!.ToJsonString());
        Assert.Null(await OutputAsync<Greeting>("null"));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(HttpStatusCode.OK)] // ZenML's own server answers so
    public async Task FailedRun_IsAnException_OrAnAnswer_AsTheCallerLikes(HttpStatusCode status)
    {
        var pipeline = new FixedAnswer(
            status,
            """{"success":false,"outputs":null,"execution_time":1.5,"metadata":{"pipeline_name":"greeter","run_id":"r1","parameters_used":{}},"error":"no such city"}""");

        var exception = await Assert.ThrowsAsync<PipelineRunFailedException>(() => pipeline.Client().InvokeAsync<Greeting>(null, Token));
        var answer = await pipeline.Client().InvokeAsync(new InvokeRequest(), Token);

        Assert.Equal("Run r1 of pipeline 'greeter' failed: no such city", exception.Message);
        Assert.Equal((false, 1.5, "no such city"), (answer.Success, answer.ExecutionTime, answer.Error));
    }

    [Fact]
    public async Task Refusal_CarriesTheProblem_AndNamesEachParameter()
    {
        var pipeline = new FixedAnswer(
            HttpStatusCode.UnprocessableEntity,
            """{"title":"Unprocessable Entity","status":422,"detail":"It does not fit.","errors":{"name":["is required"],"n":["is wrong","is odd"]}}""",
            PipelineProblem.ContentType);

        var exception = await Assert.ThrowsAsync<PipelineRefusedException>(() => pipeline.Client().InvokeAsync<Greeting>(null, Token));

        Assert.Equal(
            "http://pipeline:8000/invoke answered 422: It does not fit.\n  name: is required\n  n: is wrong; is odd", exception.Message);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "It does not fit."), (exception.StatusCode, exception.Problem?.Detail));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, """{"detail":"Authorization header required"}""", "application/json", "http://pipeline:8000/invoke answered 401: Authorization header required")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"detail":[{"loc":["body"]}]}""", "application/json", """http://pipeline:8000/invoke answered 422: {"detail":[{"loc":["body"]}]}""")]
    [InlineData(HttpStatusCode.BadGateway, "<html>nginx</html>", "text/html", "http://pipeline:8000/invoke answered 502")]
    public async Task RefusalOfAnyShape_IsShownAsFarAsItSpeaks(HttpStatusCode status, string body, string mediaType, string message)
    {
        var pipeline = new FixedAnswer(status, body, mediaType);

        var exception = await Assert.ThrowsAsync<PipelineRefusedException>(() => pipeline.Client().InvokeAsync<Greeting>(null, Token));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("<html></html>", "text/html")]
    [InlineData("{}", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("null", "application/json")]
    public async Task SuccessThatIsNoPipelines_IsNotTakenForOne(string body, string mediaType)
    {
        var exception = await Assert.ThrowsAsync<PipelineAnswerException>(
            () => new FixedAnswer(HttpStatusCode.OK, body, mediaType).Client().InvokeAsync<Greeting>(null, Token));

        Assert.Equal("http://pipeline:8000/invoke answered 200, but not with the outcome of a run.", exception.Message);
    }

    [Fact]
    public async Task OutputsOfAnotherType_AreAnAnswerThatDoesNotFit() =>
        await Assert.ThrowsAsync<PipelineAnswerException>(() => OutputAsync<int>("""{"output":"three"}"""));

    [Fact]
    public async Task Info_IsRead()
    {
        var pipeline = new FixedAnswer(
            HttpStatusCode.OK,
            """{"deployment":{"id":"d","name":"greeter","auth_enabled":true},"pipeline":{"name":"greeter","input_schema":{"type":"object"}},"total_executions":3,"last_execution_time":"2026-01-31T12:30:00Z","status":"healthy","uptime":12.5,"new_field":1}""");

        var info = await pipeline.Client().GetInfoAsync(Token);

        Assert.Equal(
            (new DeploymentInfo { Id = "d", Name = "greeter", AuthEnabled = true }, "greeter", 3, "healthy", 12.5),
            (info.Deployment, info.Pipeline.Name, info.TotalExecutions, info.Status, info.Uptime));
        Assert.Equal("GET http://pipeline:8000/info", $"{pipeline.Requests.Single().Method} {pipeline.Requests.Single().Uri}");
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "null", true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, """{"status":"draining"}""", false)]
    [InlineData(HttpStatusCode.NotFound, "", false)]
    public async Task Health_IsTheStatus_WhateverTheBody(HttpStatusCode status, string body, bool isReady) =>
        Assert.Equal(new PipelineHealth(isReady, status), await new FixedAnswer(status, body).Client().GetHealthAsync(Token));

    [Fact]
    public void ClientWithoutABaseAddress_IsRefused()
    {
        using var http = new HttpClient();

        Assert.Throws<ArgumentException>(() => new PipelineClient(http));
    }

    [Fact]
    public async Task ParametersThatAreNoObject_AreRefused()
    {
        var client = new FixedAnswer(HttpStatusCode.OK, "{}").Client();

        await Assert.ThrowsAsync<ArgumentException>(() => client.InvokeAsync<Greeting>("Ada", Token));
    }

    private static Task<TOutput?> OutputAsync<TOutput>(string outputs) =>
        new FixedAnswer(HttpStatusCode.OK, $$"""{"success":true,"outputs":{{outputs}}}""").Client().InvokeAsync<TOutput>(null, Token);

    private sealed record Greeting(string Text, DayOfWeek Day);

    private sealed record Wrapped(int Output);
}
