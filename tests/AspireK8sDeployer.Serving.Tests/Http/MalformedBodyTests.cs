using System.Text;
using AspireK8sDeployer.Serving.Tests.Shared;
using Microsoft.AspNetCore.Builder;

namespace AspireK8sDeployer.Serving.Tests.Http;

public class MalformedBodyTests
{
    private static readonly Delegate Echo = (object? value = null, string text = "") => new { value, text };

    [Theory]
    [InlineData("", "The body is empty. Send at least {}.")]
    [InlineData(" ", "The body is not JSON: line 1, byte 2.")]
    [InlineData("{", "The body is not JSON: line 1, byte 2.")]
    [InlineData("{}}", "The body is not JSON: line 1, byte 3.")]
    [InlineData("{} {}", "The body is not JSON: line 1, byte 4.")]
    [InlineData("{'parameters':{}}", "The body is not JSON: line 1, byte 2.")]
    [InlineData("""{"parameters":{},}""", "The body is not JSON: line 1, byte 18.")]
    [InlineData("{\n\"parameters\":{\"value\":nope}}", "The body is not JSON: line 2, byte 24.")]
    [InlineData("""{"parameters":{"value":NaN}}""", "The body is not JSON: line 1, byte 24.")]
    [InlineData("""{"parameters":{"value":01}}""", "The body is not JSON: line 1, byte 25.")]
    [InlineData("""{"parameters":{"value":1}} // done""", "The body is not JSON: line 1, byte 28.")]
    [InlineData("parameters=1", "The body is not JSON: line 1, byte 1.")]
    [InlineData("""{"parameters":{"value":"\ud800"}}""", "The body cannot be read: The text at byte 23 has an escape that is no character.")]
    [InlineData("""{"parameters":{"\udc00":1}}""", "The body cannot be read: The text at byte 15 has an escape that is no character.")]
    [InlineData("""{"parameters":{"text":"\x"}}""", "The body is not JSON: line 1, byte 25.")]
    public async Task BodyThatIsNoJson_IsRefusedWithItsPlace(string body, string detail)
    {
        await using var pipeline = await ServedPipeline.StartAsync(Echo);

        var answer = await pipeline.PostAsync(body);

        Assert.Equal((400, "application/problem+json", detail), (answer.Status, answer.ContentType, answer.Detail));
    }

    [Theory]
    [InlineData(61, 200)]
    [InlineData(62, 400)]
    [InlineData(100_000, 400)]
    public async Task Nesting_IsLimited(int levels, int status)
    {
        await using var pipeline = await ServedPipeline.StartAsync(Echo);

        var answer = await pipeline.InvokeAsync($$"""{"value":{{new string('[', levels)}}{{new string(']', levels)}}}""");

        Assert.Equal(
            (status, status == 200 ? null : "The body cannot be read: It is nested deeper than 61 levels."), (answer.Status, answer.Detail));
    }

    [Fact]
    public async Task BytesThatAreNotUtf8_AreRefused()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Echo);

        var answer = await pipeline.PostAsync([.. "{\"parameters\":{\"text\":\""u8, 0xC3, 0x28, .. "\"}}"u8]);

        Assert.Equal((400, "The body is not UTF-8."), (answer.Status, answer.Detail));
    }

    [Fact]
    public async Task ByteOrderMark_IsSkipped()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Echo);

        var answer = await pipeline.PostAsync([0xEF, 0xBB, 0xBF, .. """{"parameters":{"text":"é"}}"""u8]);

        Assert.Equal((200, """{"text":"é"}"""), (answer.Status, answer.ParametersUsed!.Replace("\"value\":null,", "", StringComparison.Ordinal).Replace("\\u00E9", "é", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("Application/JSON; charset=UTF-8", 200)]
    [InlineData("application/json; charset=\"utf-8\"", 200)]
    [InlineData("application/json; version=1", 200)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/problem+json", 415)]
    [InlineData("text/json", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData(null, 415)]
    public async Task OnlyJsonInUtf8_IsTaken(string? contentType, int status)
    {
        await using var pipeline = await ServedPipeline.StartAsync(Echo);

        var answer = await pipeline.PostAsync("{}", contentType);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task CompressedBody_IsNotTaken()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Echo);
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await pipeline.Http.PostAsync(new Uri("/invoke", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(415, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BodyThatIsTooLarge_IsRefused(bool isChunked)
    {
        await using var pipeline = await ServedPipeline.StartAsync(
            Echo, builder => builder.AddPipelines(options => options.MaxRequestBodySize = 100_000));
        using var content = new ByteArrayContent(new byte[100_001]);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/invoke", UriKind.Relative)) { Content = content };
        request.Headers.TransferEncodingChunked = isChunked;

        using var response = await pipeline.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var answer = await Answer.OfAsync(response, TestContext.Current.CancellationToken);
        Assert.Equal((413, "The body is larger than 100000 bytes."), (answer.Status, answer.Detail));
    }

    [Fact]
    public async Task ManyMistakes_MakeNoLongAnswer()
    {
        await using var pipeline = await ServedPipeline.StartAsync((int[] numbers) => numbers.Length);

        var answer = await pipeline.InvokeAsync(
            $$"""{"numbers":[{{string.Join(',', Enumerable.Repeat("\"x\"", 10_000))}}],"{{new string('n', 10_000)}}":1}""");

        Assert.Equal((422, 100), (answer.Status, answer.Body!["errors"]!.AsObject().Count));
        Assert.True(answer.Body!.ToJsonString().Length < 20_000);
    }

    [Theory]
    [InlineData("GET", "/invoke", 405)]
    [InlineData("PUT", "/invoke", 405)]
    [InlineData("POST", "/health", 405)]
    [InlineData("POST", "/nowhere", 404)]
    [InlineData("HEAD", "/health", 200)]
    public async Task OtherMethodsAndPaths_AnswerAsHttpSays(string method, string path, int status)
    {
        await using var pipeline = await ServedPipeline.StartAsync(Echo);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));

        using var response = await pipeline.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task ParameterTypeThatIsBroken_ShowsNothingOfItsInside()
    {
        await using var pipeline = await ServedPipeline.StartAsync((Broken broken) => "unreachable");

        var answer = await pipeline.InvokeAsync("""{"broken":{"number":1}}""");

        Assert.Equal((500, "The invocation could not be taken; the log says why."), (answer.Status, answer.Detail));
        Assert.Single(pipeline.Log.Entries, entry => entry.Exception is TimeoutException);
    }

    private sealed class Broken
    {
        public int Number
        {
            get;
            set => field = value > 0 ? throw new TimeoutException("secret detail") : value;
        }
    }
}
