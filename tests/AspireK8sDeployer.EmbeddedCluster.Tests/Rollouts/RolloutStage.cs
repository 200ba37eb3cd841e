using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Process;
using AspireK8sDeployer.EmbeddedCluster.Registry;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Rollouts;

/// <summary>A cluster with the recorded images on its node, in which recorded rollouts are staged, each in a namespace of its own.</summary>
public sealed class RolloutStage : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] RecordedRegistries = ["example.com", "127.0.0.1:5010"];

    private readonly string _directory = Directory.CreateTempSubdirectory("rollouts-").FullName;
    private readonly SemaphoreSlim _turns = new(6);
    private EmbeddedCluster? _cluster;
    private HttpClient? _client;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        new ClusterState { Credentials = RegistryCredentials.Create(), FormerRegistryHosts = RecordedRegistries }.Save(_directory);
        _cluster = await EmbeddedCluster.StartAsync(
            new EmbeddedClusterOptions { StateDirectory = _directory, BackOff = TimeSpan.FromMilliseconds(300), RunIngress = false }, ct);
        _client = TestClient.AdminFor(_cluster.Host.Server);

        await Hello().PushAsync(_cluster, "hello:1", ct);
        await Shell().PushAsync(_cluster, "shell:1", ct);
        var space = await TestSpace.CreateAsync(_cluster, "", ct);
        await Task.WhenAll(((string[])["hello", "shell"]).Select(async image =>
        {
            space.Run(image, $"example.com/{image}:1", pod =>
            {
                pod.RestartPolicy = "Never";
                pod.Containers[0].Command = ["true"];
            });
            await space.WaitAsync<V1Pod>(image, pod => pod.Status?.Phase == "Succeeded", ct);
        }));
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _turns.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Applies what was applied, and waits until all that was seen is seen; returns what is, in its order, when it is over.</summary>
    internal async Task<IReadOnlyList<string>> PlayAsync(RecordedRollout recorded, IReadOnlyList<(double Seconds, string Fact)> expected, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        var name = "t-" + Guid.NewGuid().ToString("N")[..8];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var labels = recorded.Objects.FirstOrDefault(obj => (string?)obj["kind"] == "Namespace")?["metadata"]?["labels"];
            await ApplyAsync(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = labels?.DeepClone() } }, "");
            var space = TestSpace.Open(_cluster!, name);
            await space.WaitAsync<V1ServiceAccount>("default", _ => true, cancellationToken);
            var observer = new RolloutObserver(space, limit.Token);
            limit.CancelAfter(Patience);
            foreach (var obj in recorded.Objects.Where(obj => (string?)obj["kind"] != "Namespace"))
            {
                await ApplyAsync(obj, name);
            }

            foreach (var action in recorded.Actions.Where(action => action.Body is not null || action.Verb != "apply"))
            {
                await observer.SeesAsync([.. expected.Where(fact => fact.Seconds <= action.Seconds).Select(fact => fact.Fact)]);
                await DoAsync(action, name, cancellationToken);
            }

            await observer.SeesAsync([.. expected.Select(fact => fact.Fact)]);
            await limit.CancelAsync();
            return observer.Seen;
        }
        finally
        {
            await limit.CancelAsync();
            _cluster!.Host.Server.Api.Delete<V1Namespace>("", name, null);
            _turns.Release();
        }
    }

    private async Task DoAsync((double Seconds, string Verb, string Subject, JsonObject? Body) action, string space, CancellationToken cancellationToken)
    {
        switch (action.Verb)
        {
            case "apply":
                await ApplyAsync(action.Body!, space);
                break;
            case "delete":
                _cluster!.Host.Server.Api.Delete<V1Pod>(space, action.Subject.Split('/')[1], new DeleteOptions { GracePeriodSeconds = 0 });
                break;
            case "push":
                await Shell().PushAsync(_cluster!, action.Subject.Split('/')[^1], cancellationToken);
                break;
            default:
                throw new NotSupportedException(action.Verb);
        }
    }

    private async Task ApplyAsync(JsonObject obj, string space)
    {
        var copy = obj.DeepClone().AsObject();
        var kind = (string)copy["kind"]!;
        var version = (string)copy["apiVersion"]!;
        var namespaced = kind is not ("Namespace" or "StorageClass" or "PriorityClass");
        if (namespaced)
        {
            copy["metadata"]!["namespace"] = space;
        }

        var plural = kind == "StorageClass" ? "storageclasses" : kind == "PriorityClass" ? "priorityclasses" : kind.ToLowerInvariant() + "s";
        var path = $"{(version.Contains('/') ? "apis" : "api")}/{version}/{(namespaced ? $"namespaces/{space}/" : "")}{plural}/{copy["metadata"]!["name"]}";
        using var content = new StringContent(copy.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml");
        using var answer = await _client!.PatchAsync($"{path}?fieldManager=tests&force=true", content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static TestImage Hello()
    {
        var image = TestImage.WebApp();
        image.Config.Remove("User"); // the recorded image runs as root
        return image;
    }

    /// <summary>The recorded image has a small web server and a few odd programs.</summary>
    private static TestImage Shell()
    {
        const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
        var image = Hello()
            .WithFile("app/bin/httpd", "#!/bin/sh\ncase \"$1\" in -f) exec dotnet /app/AspireK8sDeployer.EmbeddedCluster.TestApp.dll;; esac\ndotnet /app/AspireK8sDeployer.EmbeddedCluster.TestApp.dll &\n", Executable)
            .WithFile("app/start.sh", "#!/bin/sh\nexec httpd -f\n", (UnixFileMode)0b110_100_100)
            .WithFile("app/native", "#!/bin/sh\nsh -c 'kill -SEGV $$'\n", Executable)
            .WithFile("app/arm64-program", "\u007fELF\u0002\u0001\u0001\0\0\0", Executable);
        image.Config["Env"] = new JsonArray("PATH=/app/bin:/usr/local/bin:/usr/bin:/bin", "ASPNETCORE_HTTP_PORTS=8080");
        image.Config["Entrypoint"] = new JsonArray("sh");
        image.Config["WorkingDir"] = "/";
        return image;
    }
}
