using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Invoke;

/// <summary>A pipeline that cannot be reached from here is invoked as <c>kubectl port-forward</c> would reach it.</summary>
public class InvokeThroughServerTests
{
    private static readonly DeploymentIdentity Greeter = new("demo", "greeter", "app");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PipelineOutOfReach_IsInvokedThroughTheServer()
    {
        const string Body = """{"success":true,"outputs":{"text":"Hello, Ada!"}}""";
        await using var server = await ForwardingServer.StartAsync([$"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..9]}", Body[9..]]);

        var answer = await InvokeAsync(server);

        Assert.True(answer.Success);
        Assert.Equal("Hello, Ada!", answer.Outputs?.GetProperty("text").GetString());
        Assert.StartsWith("POST /invoke HTTP/1.1\r\nHost: greeter.demo.svc:9000\r\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("""{"name":"Ada"}""", server.Request, StringComparison.Ordinal);
        Assert.Equal("Bearer t", server.Authorization);
    }

    [Fact]
    public async Task PortForwardThatIsRefused_SaysWhichRightIsMissing()
    {
        await using var server = await ForwardingServer.StartAsync([], status: 403);

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => InvokeAsync(server));

        Assert.Equal("K8SD602", failure.Code);
        Assert.Equal("Pipeline 'greeter' cannot be reached from here at http://greeter.demo.svc:9000/, nor through the API server: the server answered 403 (Forbidden)", failure.Problem);
        Assert.Equal(
            "let the user 'create' and 'get' pods/portforward in namespace demo, or run 'kubectl port-forward -n demo service/greeter 9000:9000' and invoke it at the address that it prints",
            failure.Fix);
        Assert.Equal(1, failure.ExitCode);
    }

    [Fact]
    public async Task PodThatDoesNotListen_SaysSo()
    {
        await using var server = await ForwardingServer.StartAsync([], error: "failed to connect to localhost:8123: connection refused\n");

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => InvokeAsync(server));

        Assert.Equal("K8SD604: http://greeter.demo.svc:9000/ broke off: failed to connect to localhost:8123: connection refused", $"{failure.Code}: {failure.Problem}");
    }

    private static async Task<InvokeResponse> InvokeAsync(ForwardingServer server)
    {
        using var engine = DeploymentEngine.Connect(new ClusterConnection { Server = server.Url.ToString(), Token = "t" });
        return await engine.InvokeAsync(Greeter, new InvokeRequest { Parameters = new JsonObject { ["name"] = "Ada" } }, Cancellation);
    }
}
