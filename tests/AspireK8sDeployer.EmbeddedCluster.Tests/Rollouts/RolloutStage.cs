using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Process;
using AspireK8sDeployer.EmbeddedCluster.Registry;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Rollouts;

/// <summary>A cluster with the recorded images on its node, in which recorded rollouts are staged, each in a namespace of its own.</summary>
public sealed class RolloutStage : IAsyncLifetime
{
    private const string Hold = "example.com/hold";
    private static readonly string[] RecordedRegistries = ["example.com", "127.0.0.1:5010"];

    private readonly string _directory = Directory.CreateTempSubdirectory("rollouts-").FullName;
    private readonly SemaphoreSlim _turns = new(8);
    private EmbeddedCluster? _cluster;
    private HttpClient? _client;
    private RegistryServer? _private;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        new ClusterState { Credentials = RegistryCredentials.Create(), FormerRegistryHosts = RecordedRegistries }.Save(_directory);
        _cluster = await EmbeddedCluster.StartAsync(
            new EmbeddedClusterOptions { StateDirectory = _directory, BackOff = TimeSpan.FromMilliseconds(300), RunIngress = false }, ct);
        _client = TestClient.AdminFor(_cluster.Host.Server);

        await ShellImage.Hello().PushAsync(_cluster, "hello:1", ct);
        await ShellImage.Shell().PushAsync(_cluster, "shell:1", ct);
        await ShellImage.WebApp().PushAsync(_cluster, "orders-api:1", ct);
        await ShellImage.WebApp().PushAsync(_cluster, $"orders-api:{StagedRollouts.FirstPull}", ct);
        await BringAsync(["example.com/hello:1", "example.com/shell:1", "127.0.0.1:5010/orders-api:1"], ct);

        // The recorded registry that asks for credentials, with the recorded ones.
        _private = await RegistryServer.StartAsync(
            Path.Combine(_directory, "private"), 0, new RegistryCredentials("deploy", "s3cret"), NullLoggerFactory.Instance, ct);
        using var client = TestImage.Client(_private.Host, _private.Credentials.User, _private.Credentials.Password);
        await ShellImage.Shell().PushAsync(client, "private/shop:1", ct);
    }

    /// <summary>The port of the registry that asks for credentials.</summary>
    public int PrivatePort => _private!.Port;

    /// <summary>Makes images those that are on the node already.</summary>
    private async Task BringAsync(string[] images, CancellationToken ct)
    {
        var space = await TestSpace.CreateAsync(_cluster!, "", ct);
        await Task.WhenAll(images.Select(async (image, index) =>
        {
            space.Run($"image{index}", image, pod =>
            {
                pod.RestartPolicy = "Never";
                pod.Containers[0].Command = ["true"];
            });
            await space.WaitAsync<V1Pod>($"image{index}", pod => pod.Status?.Phase == "Succeeded", ct);
        }));
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        if (_private is not null)
        {
            await _private.DisposeAsync();
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
            Assert.Null(await ApplyAsync(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = labels?.DeepClone() } }, ""));
            var space = TestSpace.Open(_cluster!, name);
            await space.WaitAsync<V1ServiceAccount>("default", _ => true, cancellationToken);
            var observer = new RolloutObserver(space, limit.Token);
            if (recorded.IsInTerminatingNamespace)
            {
                LetGo(space);
            }

            foreach (var obj in recorded.Objects.Where(obj => (string?)obj["kind"] != "Namespace"))
            {
                await PutAsync(obj, name, observer);
            }

            foreach (var action in recorded.Actions.Where(action => action.Body is not null || action.Verb != "apply"))
            {
                await observer.SeesAsync([.. expected.Where(fact => fact.Seconds <= action.Seconds).Select(fact => fact.Fact)]);
                if (recorded.RolledOutBefore(action.Seconds) is { } before)
                {
                    await space.WaitAsync<V1Deployment>(before.Name, deployment => IsRolledOut(deployment, before.Replicas), cancellationToken);
                }

                await DoAsync(action, name, observer, cancellationToken);
            }

            await observer.SeesAsync([.. expected.Select(fact => fact.Fact)]);
            await limit.CancelAsync();
            return observer.Seen;
        }
        finally
        {
            await limit.CancelAsync();
            End(name);
            _turns.Release();
        }
    }

    private static bool IsRolledOut(V1Deployment deployment, int replicas) =>
        deployment.Status is { } status && status.UpdatedReplicas == replicas && status.Replicas == replicas && status.AvailableReplicas == replicas;

    private void End(string name)
    {
        var api = _cluster!.Host.Server.Api;
        if (api.Get<V1ConfigMap>(name, "held") is { } held)
        {
            held.Metadata.Finalizers = [];
            held.Metadata.ResourceVersion = null; // others write it too
            api.Update(held, "tests");
        }
        else
        {
            api.Delete<V1Namespace>("", name);
        }
    }

    private async Task DoAsync((double Seconds, string Verb, string Subject, JsonObject? Body) action, string space, RolloutObserver observer, CancellationToken cancellationToken)
    {
        switch (action.Verb)
        {
            case "apply":
                await PutAsync(action.Body!, space, observer);
                break;
            case "delete" or "patch" or "evict":
                await SendAsync(action.Verb, PathOf(action.Subject, space), action.Body ?? [], action.Subject, observer, space, cancellationToken);
                break;
            case "http":
                await CallAsync(action.Subject, space, cancellationToken);
                break;
            case "push":
                await ShellImage.Shell().PushAsync(_cluster!, action.Subject.Split('/')[^1], cancellationToken);
                break;
            default:
                throw new NotSupportedException(action.Verb);
        }
    }

    /// <summary>The object's address in the API. A recorded pod goes by another name here; it is the only one.</summary>
    private string PathOf(string subject, string space)
    {
        var parts = subject.Split('/');
        var name = parts[0] == "Pod" && _cluster!.Host.Server.Api.Get<V1Pod>(space, parts[1]) is null
            ? _cluster.Host.Server.Api.List<V1Pod>(space).Items.Where(PodState.IsActive).MinBy(pod => pod.Metadata.CreationTimestamp)!.Metadata.Name
            : parts[1];
        return parts[0] switch
        {
            "Namespace" => $"api/v1/namespaces/{space}",
            "Deployment" => string.Join('/', ["apis/apps/v1/namespaces", space, "deployments", name, .. parts[2..]]),
            _ => $"api/v1/namespaces/{space}/{parts[0].ToLowerInvariant()}s/{name}",
        };
    }

    private async Task SendAsync(string verb, string path, JsonObject body, string subject, RolloutObserver observer, string space, CancellationToken cancellationToken)
    {
        using var request = verb switch
        {
            "delete" => new HttpRequestMessage(HttpMethod.Delete, path) { Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")) },
            "patch" => new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/merge-patch+json")) },
            _ => new HttpRequestMessage(HttpMethod.Post, $"{path}/eviction") { Content = new StringContent(Eviction(path.Split('/')[^1]), new MediaTypeHeaderValue("application/json")) },
        };
        using var answer = await _client!.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            observer.Note(RolloutFacts.OfRefusal(subject, JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!.AsObject(), space));
        }
    }

    private static string Eviction(string pod) =>
        new JsonObject { ["apiVersion"] = "policy/v1", ["kind"] = "Eviction", ["metadata"] = new JsonObject { ["name"] = pod } }.ToJsonString();

    /// <summary>Calls the recorded pod's program, or fails to: what comes of it shows in the objects.</summary>
    private async Task CallAsync(string subject, string space, CancellationToken cancellationToken)
    {
        var pod = _cluster!.Host.Server.Api.List<V1Pod>(space).Items.First(PodState.IsActive);
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync($"http://{pod.Status.PodIP}:8080{new Uri(subject.Split(' ')[1]).AbsolutePath}", cancellationToken);
        }
        catch (HttpRequestException)
        {
            // As recorded.
        }
    }

    /// <summary>Applies an object; that it was refused is a fact like others.</summary>
    private async Task PutAsync(JsonObject obj, string space, RolloutObserver observer)
    {
        if (await ApplyAsync(obj, space) is { } refusal)
        {
            observer.Note(RolloutFacts.OfRefusal($"{obj["kind"]}/{obj["metadata"]!["name"]}", refusal, space));
        }
    }

    /// <summary>Deletes a namespace that cannot go, since something in it is held.</summary>
    private static void LetGo(TestSpace space)
    {
        space.Api.Create(
            new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "held", NamespaceProperty = space.Name, Finalizers = [Hold] } }, "tests");
        space.Api.Delete<V1Namespace>("", space.Name);
    }

    /// <summary>What the API said if it did not take the object.</summary>
    private async Task<JsonObject?> ApplyAsync(JsonObject obj, string space)
    {
        var copy = obj.DeepClone().AsObject();
        var kind = (string)copy["kind"]!;
        var version = (string)copy["apiVersion"]!;
        var namespaced = kind is not ("Namespace" or "StorageClass" or "PriorityClass");
        if (namespaced)
        {
            copy["metadata"]!["namespace"] = space;
        }

        var plural = kind.ToLowerInvariant() + (kind.EndsWith('s') ? "es" : "s");
        var path = $"{(version.Contains('/') ? "apis" : "api")}/{version}/{(namespaced ? $"namespaces/{space}/" : "")}{plural}/{copy["metadata"]!["name"]}";
        using var content = new StringContent(copy.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml");
        using var answer = await _client!.PatchAsync($"{path}?fieldManager=tests&force=true", content);
        return answer.IsSuccessStatusCode ? null : JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }
}
