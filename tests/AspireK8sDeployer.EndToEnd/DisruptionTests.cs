using AspireK8sDeployer.EndToEnd.Support;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd;

public class DisruptionTests(ClusterUnderTest cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeletedPod_IsReplaced_AndNoInvocationIsLost()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);
        var two = settings with { Resources = settings.Resources with { MinReplicas = 2, MaxReplicas = 2 } };
        var result = await engine.DeployAsync(two, progress: null, Cancellation);
        using var user = cluster.ConnectAsUser();
        var victim = (await user.CoreV1.ListNamespacedPodAsync(place.Name, cancellationToken: Cancellation)).Items[0].Name();

        using var callers = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var calling = InvokeUntilAsync(result.Endpoint.Url, callers.Token);
        await user.CoreV1.DeleteNamespacedPodAsync(victim, place.Name, cancellationToken: Cancellation);
        await TwoReadyWithoutAsync(user, place.Name, victim);
        await callers.CancelAsync();

        var (answered, lost) = await calling;
        Assert.Empty(lost);
        Assert.True(answered > 10, $"only {answered} invocations ran while the pod was replaced");
    }

    private static async Task<(int Answered, IReadOnlyList<string> Lost)> InvokeUntilAsync(Uri url, CancellationToken stop)
    {
        var answered = 0;
        List<string> lost = [];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var http = new HttpClient { BaseAddress = url };
                await ClusterUnderTest.GreetAsync(http, "Ada", Cancellation);
                answered++;
            }
            catch (HttpRequestException failure)
            {
                lost.Add(failure.Message);
            }
        }

        return (answered, lost);
    }

    private static async Task TwoReadyWithoutAsync(IKubernetes user, string @namespace, string victim)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        bounded.CancelAfter(TimeSpan.FromSeconds(90));
        Dictionary<string, bool> readiness = [];
        await foreach (var (type, pod) in user.CoreV1.WatchListNamespacedPodAsync(@namespace, cancellationToken: bounded.Token))
        {
            readiness[pod.Name()] = pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;
            if (type == WatchEventType.Deleted)
            {
                readiness.Remove(pod.Name());
            }

            if (!readiness.ContainsKey(victim) && readiness.Values.Count(ready => ready) == 2)
            {
                return;
            }
        }

        Assert.Fail("The watch on the pods ended before the deleted one was replaced.");
    }
}
