using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers;

public sealed class GarbageCollectorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KindWhoseWatchFailsOnce_IsCollectedAllTheSame()
    {
        await using var server = await ApiServer.StartAsync(ct: Ct);
        var api = new FailingOnce(server.Api, "configmaps");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var hub = new ObjectHub(api, TimeProvider.System, NullLogger<ObjectHub>.Instance);
        var events = new EventRecorder(api, TimeProvider.System, NullLogger<EventRecorder>.Instance);
        var running = new GarbageCollector(new ControllerContext(api, hub, events, TimeProvider.System, NullLogger<Controller>.Instance)).RunAsync(stop.Token);
        server.Api.Create(
            new V1ConfigMap
            {
                Metadata = new V1ObjectMeta
                {
                    Name = "left",
                    NamespaceProperty = "default",
                    OwnerReferences = [new V1OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = "gone", Uid = "00000000-0000-0000-0000-000000000000" }],
                },
            },
            "test");

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (server.Api.Get<V1ConfigMap>("default", "left") is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), timeout.Token);
        }

        await stop.CancelAsync();
        await running;
        Assert.True(api.HasFailed);
    }

    private sealed class FailingOnce(IClusterApi inner, string plural) : IClusterApi
    {
        private int _failed;

        public bool HasFailed => _failed == 1;

        public ResourceTable Resources => inner.Resources;

        public JsonObject? Get(ResourceDefinition resource, string? ns, string name) => inner.Get(resource, ns, name);

        public ObjectList List(ResourceDefinition resource, string? ns = null, string? labelSelector = null, string? fieldSelector = null) =>
            resource.Plural == plural && Interlocked.Exchange(ref _failed, 1) == 0
                ? throw new InvalidOperationException("out of order")
                : inner.List(resource, ns, labelSelector, fieldSelector);

        public IReadOnlyList<T> View<T>(ResourceDefinition resource, string? ns)
            where T : class => inner.View<T>(resource, ns);

        public IReadOnlyList<OwnedObject> DependentsOf(string uid) => inner.DependentsOf(uid);

        public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceDefinition resource, string? ns, long fromVersion, CancellationToken ct) =>
            inner.WatchAsync(resource, ns, fromVersion, ct);

        public JsonObject Create(ResourceDefinition resource, JsonObject obj, string manager) => inner.Create(resource, obj, manager);

        public JsonObject Update(ResourceDefinition resource, JsonObject obj, string manager, string? subresource = null) =>
            inner.Update(resource, obj, manager, subresource);

        public void Delete(ResourceDefinition resource, string? ns, string name, DeleteOptions? options = null) =>
            inner.Delete(resource, ns, name, options);
    }
}
