using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Serving.Tests.Shared;

namespace AspireK8sDeployer.Serving.Tests.Binding;

public class ParameterBindingTests
{
    private static readonly Delegate Greet = (string name, int times, string mark = "!", string? title = null) =>
        new { text = string.Concat(Enumerable.Repeat($"{title}{name}{mark}", times)) };

    [Theory]
    [InlineData("""{"name":"Ada","times":1}""", "Ada!")]
    [InlineData("""{"times":2,"name":"Ada"}""", "Ada!Ada!")]
    [InlineData("""{"name":"Ada","times":1,"mark":"?"}""", "Ada?")]
    [InlineData("""{"name":"Ada","times":1,"title":"Lady "}""", "Lady Ada!")]
    [InlineData("""{"name":"Ada","times":1,"title":null}""", "Ada!")]
    [InlineData("""{"NAME":"Ada","Times":1}""", "Ada!")]
    [InlineData("""{"n\u0061me":"Ada","times":1}""", "Ada!")]
    [InlineData("""{"name":"","times":1}""", "!")]
    [InlineData("""{"name":"\u00e9\ud83d\ude00","times":1}""", "é😀!")]
    public async Task GivenParameters_ReachTheHandler(string parameters, string text)
    {
        await using var pipeline = await ServedPipeline.StartAsync(Greet);

        var answer = await pipeline.InvokeAsync(parameters);

        Assert.Equal((200, text), (answer.Status, answer.Body!["outputs"]!["text"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("{}", "name: is required\ntimes: is required")]
    [InlineData("null", "name: is required\ntimes: is required")]
    [InlineData("""{"name":"Ada"}""", "times: is required")]
    [InlineData("""{"name":null,"times":1}""", "name: must not be null")]
    [InlineData("""{"name":"Ada","times":null}""", "times: must not be null")]
    [InlineData("""{"name":"Ada","times":1,"mark":null}""", "mark: must not be null")]
    [InlineData("""{"name":1,"times":"1"}""", "name: must be a string, not a number\ntimes: must be an integer between -2147483648 and 2147483647, not a string")]
    [InlineData("""{"name":["Ada"],"times":true}""", "name: must be a string, not an array\ntimes: must be an integer between -2147483648 and 2147483647, not a boolean")]
    [InlineData("""{"name":"Ada","times":1.5}""", "times: must be an integer between -2147483648 and 2147483647")]
    [InlineData("""{"name":"Ada","times":99999999999}""", "times: must be an integer between -2147483648 and 2147483647")]
    [InlineData("""{"name":"Ada","times":1e999}""", "times: must be an integer between -2147483648 and 2147483647")]
    [InlineData("""{"name":"Ada","times":1,"time":2}""", "time: is not a parameter of this pipeline, which has name, times, mark, title")]
    [InlineData("""{"x":1,"name":2,"y":3}""", "x: is not a parameter of this pipeline, which has name, times, mark, title\ny: is not a parameter of this pipeline, which has name, times, mark, title\nname: must be a string, not a number\ntimes: is required")]
    [InlineData("""{"name":"Ada","times":1,"name":"Bob"}""", "name: is given more than once")]
    [InlineData("""{"name":"Ada","times":1,"Name":"Bob"}""", "name: is given more than once")]
    [InlineData("[]", "parameters: must be an object with one member for each parameter")]
    [InlineData("\"name\"", "parameters: must be an object with one member for each parameter")]
    public async Task WrongMissingAndUnknownParameters_AreAllNamed(string parameters, string errors)
    {
        await using var pipeline = await ServedPipeline.StartAsync(Greet);

        var answer = await pipeline.InvokeAsync(parameters);

        Assert.Equal((422, "application/problem+json", errors), (answer.Status, answer.ContentType, answer.Errors));
    }

    [Theory]
    [InlineData("""{"name":"Ada"}""", "name: is not a field of an invocation; parameters go into \"parameters\"; is required\ntimes: is required")]
    [InlineData("[]", "$: must be an object, such as {\"parameters\":{}}")]
    [InlineData("1", "$: must be an object, such as {\"parameters\":{}}")]
    [InlineData("\"text\"", "$: must be an object, such as {\"parameters\":{}}")]
    [InlineData("null", "$: must be an object, such as {\"parameters\":{}}")]
    [InlineData("""{"parameters":{"name":"Ada","times":1},"parameters":{}}""", "parameters: is given more than once")]
    [InlineData("""{"parameters":{"name":"Ada","times":1},"timeout":0}""", "timeout: must be a number of seconds greater than 0 and at most 86400")]
    [InlineData("""{"parameters":{"name":"Ada","times":1},"timeout":"5"}""", "timeout: must be a number of seconds greater than 0 and at most 86400")]
    [InlineData("""{"parameters":{"name":"Ada","times":1},"timeout":1e400}""", "timeout: must be a number of seconds greater than 0 and at most 86400")]
    [InlineData("""{"parameters":{"name":"Ada","times":1},"timeout":{"a":[1]}}""", "timeout: must be a number of seconds greater than 0 and at most 86400")]
    [InlineData("""{"parameters":{"name":"Ada","times":1},"run_name":""}""", "run_name: must be a string of 1 to 200 characters, none of them a control character")]
    [InlineData("""{"parameters":{"name":"Ada","times":1},"run_name":"a\nb"}""", "run_name: must be a string of 1 to 200 characters, none of them a control character")]
    [InlineData("""{"parameters":{"name":"Ada","times":1},"run_name":[{}]}""", "run_name: must be a string of 1 to 200 characters, none of them a control character")]
    public async Task WrongFieldsOfTheInvocation_AreNamed(string body, string errors)
    {
        await using var pipeline = await ServedPipeline.StartAsync(Greet);

        var answer = await pipeline.PostAsync(body);

        Assert.Equal((422, errors), (answer.Status, answer.Errors));
    }

    [Fact]
    public async Task FieldsOfZenMlsClients_AreAccepted()
    {
        await using var pipeline = await ServedPipeline.StartAsync((int number = 1) => number);

        var answer = await pipeline.PostAsync(
            """{"parameters":{},"run_name":null,"timeout":300,"skip_artifact_materialization":false,"use_in_memory":null}""");

        Assert.Equal((200, """{"output":1}"""), (answer.Status, answer.Outputs));
    }

    [Fact]
    public async Task PipelineWithoutParameters_TakesAnEmptyObject_AndNothingElse()
    {
        await using var pipeline = await ServedPipeline.StartAsync(() => "done");

        var taken = await pipeline.PostAsync("{}");
        var refused = await pipeline.InvokeAsync("""{"name":"Ada"}""");

        Assert.Equal("""{"output":"done"}""", taken.Outputs);
        Assert.Equal("name: is not a parameter of this pipeline, which has none", refused.Errors);
    }

    [Fact]
    public async Task DefaultsOfEveryKind_AreHonoured()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Defaults);

        var answer = await pipeline.InvokeAsync("{}");

        Assert.Equal(
            """{"day":"Monday","maybeDay":"Friday","price":1.50,"point":{"x":0,"y":0},"count":null,"id":"00000000-0000-0000-0000-000000000000"}""",
            answer.Outputs);
        Assert.Equal(answer.Outputs, answer.ParametersUsed);
    }

    [Fact]
    public async Task JsonOfAnyShape_IsAParameterToo()
    {
        await using var pipeline = await ServedPipeline.StartAsync((JsonElement any, JsonNode? node, object? value) => new { any, node, value });

        var answer = await pipeline.InvokeAsync("""{"any":null,"node":{"a":[1]},"value":1e999}""");

        Assert.Equal("""{"any":null,"node":{"a":[1]},"value":1e999}""", answer.Outputs);
    }

    [Fact]
    public async Task EnumerableParameter_IsNotTakenForAService()
    {
        await using var pipeline = await ServedPipeline.StartAsync((IEnumerable<int> numbers, IReadOnlyList<string> names) =>
            new { sum = numbers.Sum(), first = names[0] });

        var answer = await pipeline.InvokeAsync("""{"numbers":[1,2],"names":["Ada"]}""");

        Assert.Equal("""{"sum":3,"first":"Ada"}""", answer.Outputs);
    }

    private static object Defaults(
        DayOfWeek day = DayOfWeek.Monday,
        DayOfWeek? maybeDay = DayOfWeek.Friday,
        decimal price = 1.50m,
        Point point = default,
        int? count = null,
        Guid id = default) => new { day, maybeDay, price, point, count, id };

    private readonly record struct Point(int X, int Y);
}
