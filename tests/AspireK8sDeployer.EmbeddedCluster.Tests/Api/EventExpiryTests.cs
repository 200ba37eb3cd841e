using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Api;

public class EventExpiryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EventOfMoreThanAnHourAgo_IsForgotten()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var server = await ApiServer.StartAsync(new ApiServerOptions { TimeProvider = time }, Ct);
        var from = server.Api.List<Corev1Event>("default").ResourceVersion;
        server.Api.Create(
            new Corev1Event
            {
                Metadata = new V1ObjectMeta { Name = "e", NamespaceProperty = "default" },
                InvolvedObject = new V1ObjectReference { Kind = "Pod", Name = "p", NamespaceProperty = "default" },
            },
            "test");

        var deleted = Task.Run(
            async () =>
            {
                await foreach (var change in server.Api.WatchAsync<Corev1Event>("default", from, Ct))
                {
                    if (change.Type == WatchEventType.Deleted)
                    {
                        return;
                    }
                }
            },
            Ct);
        while (!deleted.IsCompleted)
        {
            // The server may not have begun to wait yet: time passes until it has.
            time.Advance(TimeSpan.FromMinutes(61));
            await Task.Yield();
        }

        await deleted;
        Assert.Null(server.Api.Get<Corev1Event>("default", "e"));
    }
}
