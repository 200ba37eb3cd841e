using System.Net;
using System.Net.WebSockets;
using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Ingress;

public sealed class IngressControllerTests(IngressCluster ingress) : IClassFixture<IngressCluster>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ingress_RoutesItsHostAndPaths_AndSaysWhere()
    {
        var space = await ingress.CreateSpaceAsync();
        await using var web = await NamedAsync("web");
        await using var api = await NamedAsync("api");
        space.Serve("web", web.Address);
        space.Serve("api", api.Address);
        using var client = ingress.Client();

        var published = await space.PublishAsync("web", $"{space.Name}.example.com", "web");
        await space.PublishAsync("api", $"{space.Name}.example.com", "api", "/api");
        var url = $"http://{space.Name}.example.com";
        string[] answers = [await client.GetStringAsync(url, Ct), await client.GetStringAsync($"{url}/api/v1", Ct), await client.GetStringAsync($"{url}/apiary", Ct)];

        Assert.Equal(["web", "api", "web"], answers);
        Assert.Equal(("embedded", ingress.Cluster.IngressHttp!.Host), (published.Spec.IngressClassName, published.Status.LoadBalancer.Ingress[0].Ip));
        Assert.Equal(["Normal Sync: Scheduled for sync"], space.EventsOf("web"));
    }

    [Fact]
    public async Task Request_ReachesTheBackendAsItIs_WithWhoAskedForIt()
    {
        var space = await ingress.CreateSpaceAsync();
        await using var echo = await BackendServer.StartAsync(ingress.NextAddress(), http => http.Response.WriteAsync(string.Join(
            '|',
            http.Request.Method,
            http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
            http.Request.Host.Value,
            http.Request.Headers["X-Forwarded-For"],
            http.Request.Headers["X-Forwarded-Proto"],
            http.Request.Headers["X-Forwarded-Host"],
            http.Request.Headers["X-Forwarded-Port"],
            http.Request.Headers["X-Custom"])));
        space.Serve("echo", echo.Address);
        var host = $"{space.Name}.example.com";
        await space.PublishAsync("echo", host, "echo");
        using var client = ingress.Client();
        using var request = new HttpRequestMessage(HttpMethod.Put, $"http://{host}/a%20b/c%2Fd?x=%C3%A4&y");
        request.Headers.Add("X-Forwarded-For", "8.8.8.8");
        request.Headers.Add("X-Custom", "kept");

        using var answer = await client.SendAsync(request, Ct);

        Assert.Equal(
            $"PUT|/a%20b/c%2Fd?x=%C3%A4&y|{host}|127.0.0.1|http|{host}|{ingress.Cluster.IngressHttp!.Port}|kept", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task RewriteTarget_ReplacesThePath()
    {
        var space = await ingress.CreateSpaceAsync();
        await using var echo = await BackendServer.StartAsync(ingress.NextAddress(), http => http.Response.WriteAsync(http.Request.Path + http.Request.QueryString));
        space.Serve("echo", echo.Address);
        var host = $"{space.Name}.example.com";
        await space.PublishAsync("echo", host, "echo", "/shop(/|$)(.*)", "ImplementationSpecific", made => made.Metadata.Annotations = Nginx("rewrite-target", "/$2"));
        using var client = ingress.Client();

        Assert.Equal("/cart/7?x=1", await client.GetStringAsync($"http://{host}/shop/cart/7?x=1", Ct));
    }

    [Fact]
    public async Task HostThatNobodyHas_Is404_AndServiceWithoutEndpoints503()
    {
        var space = await ingress.CreateSpaceAsync();
        space.Serve("empty");
        await space.PublishAsync("empty", $"{space.Name}.example.com", "empty");
        await space.PublishAsync("missing", $"missing.{space.Name}.example.com", "missing");
        using var client = ingress.Client();

        string[] answers =
        [
            await AnswerAsync(client, $"http://other.{space.Name}.example.com/x"),
            await AnswerAsync(client, $"http://{space.Name}.example.com/"),
            await AnswerAsync(client, $"http://missing.{space.Name}.example.com/"),
        ];

        Assert.Equal(
            [
                $"404 text/plain 404: no Ingress has a route for other.{space.Name}.example.com/x\n",
                $"503 text/plain 503: Service {space.Name}/empty:8000 has no ready endpoints\n",
                $"503 text/plain 503: Service {space.Name}/missing:8000 has no ready endpoints\n",
            ],
            answers);
    }

    [Fact]
    public async Task EndpointThatRefuses_IsPassedOver_WithTheBodyOfTheRequest()
    {
        var space = await ingress.CreateSpaceAsync();
        await using var alive = await BackendServer.StartAsync(ingress.NextAddress(), async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            await http.Response.WriteAsync($"got {await reader.ReadToEndAsync(Ct)}", Ct);
        });
        space.Serve("web", new IPEndPoint(ingress.NextAddress(), 9), alive.Address);
        await space.PublishAsync("web", $"{space.Name}.example.com", "web");
        using var client = ingress.Client();

        var answers = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            using var answer = await client.PostAsync($"http://{space.Name}.example.com/", new StringContent($"order {i}"), Ct);
            answers.Add(await answer.Content.ReadAsStringAsync(Ct));
        }

        Assert.Equal(["got order 0", "got order 1", "got order 2", "got order 3"], answers);
    }

    [Fact]
    public async Task WhenEveryEndpointRefuses_TheAnswerIs502()
    {
        var space = await ingress.CreateSpaceAsync();
        space.Serve("web", new IPEndPoint(ingress.NextAddress(), 9));
        await space.PublishAsync("web", $"{space.Name}.example.com", "web");
        using var client = ingress.Client();

        Assert.StartsWith($"502 text/plain 502: Service {space.Name}/web:8000 could not be asked", await AnswerAsync(client, $"http://{space.Name}.example.com/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_AreSharedByTheEndpoints()
    {
        var space = await ingress.CreateSpaceAsync();
        await using var one = await NamedAsync("one");
        await using var two = await NamedAsync("two");
        space.Serve("web", one.Address, two.Address);
        await space.PublishAsync("web", $"{space.Name}.example.com", "web");
        using var client = ingress.Client();

        var answers = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            answers.Add(await client.GetStringAsync($"http://{space.Name}.example.com/", Ct));
        }

        Assert.Equal((5, 5), (answers.Count(a => a == "one"), answers.Count(a => a == "two")));
    }

    [Fact]
    public async Task WebSocket_TalksThroughTheIngress()
    {
        var space = await ingress.CreateSpaceAsync();
        await using var echo = await BackendServer.StartAsync(ingress.NextAddress(), async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            var received = await socket.ReceiveAsync(buffer, Ct);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, true, Ct);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Ct);
        });
        space.Serve("echo", echo.Address);
        await space.PublishAsync("echo", $"{space.Name}.example.com", "echo");
        using var client = ingress.Client();
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(new Uri($"ws://{space.Name}.example.com/"), client, Ct);
        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, Ct);
        var answer = new byte[100];
        var received = await socket.ReceiveAsync(answer, Ct);

        Assert.Equal("hello", Encoding.UTF8.GetString(answer, 0, received.Count));
    }

    [Fact]
    public async Task RunningRequest_OutlivesAChangeOfItsRoute()
    {
        var space = await ingress.CreateSpaceAsync();
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var slow = await BackendServer.StartAsync(ingress.NextAddress(), async http =>
        {
            await http.Response.WriteAsync("begun ", Ct);
            await http.Response.Body.FlushAsync(Ct);
            await finish.Task.WaitAsync(Ct);
            await http.Response.WriteAsync("finished", Ct);
        });
        await using var other = await NamedAsync("other");
        space.Serve("slow", slow.Address);
        space.Serve("other", other.Address);
        var published = await space.PublishAsync("web", $"{space.Name}.example.com", "slow");
        using var client = ingress.Client();
        var url = $"http://{space.Name}.example.com/";

        using var running = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Ct);
        published.Spec.Rules[0].Http.Paths[0].Backend = IngressSpace.Backend("other");
        space.Api.Update(published, "test");
        var after = await IngressSpace.UntilAsync(async () => (await AnswerAsync(client, url, HttpCompletionOption.ResponseHeadersRead)).Split(' ')[^1], "other");
        finish.SetResult();

        Assert.Equal(("other", "begun finished"), (after, await running.Content.ReadAsStringAsync(Ct)));
    }

    [Fact]
    public async Task DeletedIngress_IsServedNoMore()
    {
        var space = await ingress.CreateSpaceAsync();
        await using var web = await NamedAsync("web");
        space.Serve("web", web.Address);
        await space.PublishAsync("web", $"{space.Name}.example.com", "web");
        using var client = ingress.Client();
        var url = $"http://{space.Name}.example.com/";
        var before = await client.GetStringAsync(url, Ct);

        space.Api.Delete<V1Ingress>(space.Name, "web");
        var after = await IngressSpace.UntilAsync(async () => (await AnswerAsync(client, url))[..3], "404");

        Assert.Equal(("web", "404"), (before, after));
    }

    [Fact]
    public async Task DefaultBackend_TakesWhatNoRuleTakes()
    {
        var space = await ingress.CreateSpaceAsync();
        await using var web = await NamedAsync("web");
        await using var rest = await NamedAsync("rest");
        space.Serve("web", web.Address);
        space.Serve("rest", rest.Address);
        await space.PublishAsync("web", $"*.{space.Name}.example.com", "web", "/web", change: made => made.Spec.DefaultBackend = IngressSpace.Backend("rest"));
        using var client = ingress.Client();
        var url = $"http://any.{space.Name}.example.com";

        Assert.Equal(("web", "rest"), (await client.GetStringAsync($"{url}/web", Ct), await client.GetStringAsync($"{url}/other", Ct)));
    }

    private Task<BackendServer> NamedAsync(string name) => BackendServer.StartAsync(ingress.NextAddress(), http => http.Response.WriteAsync(name, Ct));

    private static async Task<string> AnswerAsync(HttpClient client, string url, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        using var answer = await client.GetAsync(url, until, Ct);
        var begun = new byte[1000];
        await using var body = await answer.Content.ReadAsStreamAsync(Ct);
        var length = await body.ReadAsync(begun, Ct);
        return $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType?.MediaType} {Encoding.UTF8.GetString(begun, 0, length)}";
    }

    private static Dictionary<string, string> Nginx(string name, string value) => new() { [$"nginx.ingress.kubernetes.io/{name}"] = value };
}
