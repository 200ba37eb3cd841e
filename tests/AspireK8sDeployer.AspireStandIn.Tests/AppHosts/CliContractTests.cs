using System.Net.Sockets;
using System.Text.Json;
using StreamJsonRpc;

namespace AspireK8sDeployer.AspireStandIn.Tests.AppHosts;

/// <summary>What the <c>aspire</c> CLI does with an AppHost, done by hand on the socket.</summary>
[Collection(nameof(BuiltAppHost))]
public sealed class CliContractTests(BuiltAppHost appHost) : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("standin-cli-").FullName;

    [Fact]
    public async Task APipeline_StreamsItsActivities_AndEndsWhenToldTo()
    {
        using var process = Start("greet");
        using var cli = await ConnectAsync();

        Assert.Equal(["baseline.v2", "pipeline-steps.v1"], await cli.InvokeAsync<string[]>("GetCapabilitiesAsync"));
        var activities = await ActivitiesAsync(cli);

        Assert.Equal(
            [
                "step greet InProgress",
                "log Hello, Ada Completed",
                "task Waving InProgress",
                "task Waving Completed",
                "step greet completed Completed",
                "publish-complete Pipeline succeeded Completed",
            ],
            activities[^6..]);

        await cli.InvokeAsync("RequestStopAsync");
        Assert.Equal(0, await process.ExitCodeAsync());
    }

    [Fact]
    public async Task AFailure_IsSaidAtTheEnd()
    {
        using var process = Start("break");
        using var cli = await ConnectAsync();

        var activities = await ActivitiesAsync(cli);

        Assert.Equal("publish-complete It broke.\n  → mend it CompletedWithError", activities[^1]);
    }

    [Theory]
    [InlineData("true", "yes")]
    [InlineData("false", "no")]
    public async Task AQuestion_IsAnsweredByTheCli(string answer, string heard)
    {
        using var process = Start("ask");
        using var cli = await ConnectAsync();

        var activities = await ActivitiesAsync(cli, answer);

        Assert.Contains("prompt Remove all? InProgress", activities);
        Assert.Contains($"log {heard} Completed", activities);
    }

    [Fact]
    public async Task TheSteps_AreListedInTheirOrder()
    {
        using var process = Start("greet");
        using var cli = await ConnectAsync();

        var answer = await cli.InvokeAsync<JsonElement>("GetPipelineStepsAsync", new { step = "push-api" });

        Assert.Equal(
            ["process-parameters", "build-prereq", "check-container-runtime", "build-api", "push-prereq", "push-api"],
            answer.GetProperty("Steps").EnumerateArray().Select(s => s.GetProperty("Name").GetString()));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private string SocketPath => Path.Combine(_home, "s");

    private AppHostProcess Start(string step) => appHost.Start(
        new Dictionary<string, string?> { ["HOME"] = _home, ["Parameters__who"] = "Ada", ["ASPIRE_BACKCHANNEL_PATH"] = SocketPath },
        "--operation", "publish", "--step", step);

    private async Task<JsonRpc> ConnectAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), timeout.Token);
                var stream = new NetworkStream(socket, ownsSocket: true);
                var formatter = new SystemTextJsonFormatter { JsonSerializerOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web) };
                var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(stream, stream, formatter));
                rpc.StartListening();
                return rpc;
            }
            catch (SocketException)
            {
                // As the CLI does: it polls until the AppHost listens.
                socket.Dispose();
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, timeout.Token);
            }
        }
    }

    private static async Task<List<string>> ActivitiesAsync(JsonRpc cli, string? answer = null)
    {
        var activities = new List<string>();
        var stream = await cli.InvokeWithCancellationAsync<IAsyncEnumerable<JsonElement>>(
            "GetPublishingActivitiesAsync", cancellationToken: TestContext.Current.CancellationToken);
        await foreach (var activity in stream.WithCancellation(TestContext.Current.CancellationToken))
        {
            var type = activity.GetProperty("Type").GetString()!;
            var data = activity.GetProperty("Data");
            activities.Add($"{type} {data.GetProperty("StatusText").GetString()} {data.GetProperty("CompletionState").GetString()}");
            if (type == "prompt")
            {
                object[] answers = [new { name = "confirm", value = answer }];
                await cli.InvokeAsync("CompletePromptResponseAsync", data.GetProperty("Id").GetString(), answers);
            }

            if (type == "publish-complete")
            {
                break;
            }
        }

        return activities;
    }
}
