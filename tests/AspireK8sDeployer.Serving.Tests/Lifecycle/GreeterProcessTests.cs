using System.Net.Http.Headers;
using System.Runtime.Versioning;
using AspireK8sDeployer.Serving.Tests.Shared;

namespace AspireK8sDeployer.Serving.Tests.Lifecycle;

[UnsupportedOSPlatform("windows")]
public class GreeterProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Greeter_GreetsByName()
    {
        var (process, address) = await GreeterProcess.StartAsync(Token);
        await using var started = process;
        using var http = new HttpClient { BaseAddress = address };

        var answer = await GreetAsync(http, "Ada");

        Assert.Equal((200, """{"text":"Hello, Ada!","letters":3}"""), (answer.Status, answer.Outputs));
    }

    [Fact]
    public async Task Sigterm_LetsRunningInvocationsFinish_AndExitsWithZero()
    {
        var (process, address) = await GreeterProcess.StartAsync(Token);
        await using var started = process;
        using var http = new HttpClient { BaseAddress = address };
        await GreetAsync(http, "warm up");

        // Headers that have arrived mean a run that has ended, so all of these are under way when the signal comes.
        var running = Enumerable.Range(0, 20).Select(index => GreetAsync(http, $"caller {index}")).ToList();
        await Task.WhenAny(running);
        process.Terminate();
        var answers = await Task.WhenAll(running);

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(0, await process.ExitAsync(Token));
        Assert.Contains("Asked to stop: not ready any more", process.Output, StringComparison.Ordinal);
    }

    private static async Task<Answer> GreetAsync(HttpClient http, string name)
    {
        using var content = new StringContent($$$"""{"parameters":{"name":"{{{name}}}"}}""", MediaTypeHeaderValue.Parse("application/json"));
        using var response = await http.PostAsync(new Uri("/invoke", UriKind.Relative), content, Token);
        return await Answer.OfAsync(response, Token);
    }
}
