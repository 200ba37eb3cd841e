using System.Collections.Concurrent;
using AspireK8sDeployer.EndToEnd.Matrix;
using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>
/// The whole matrix of settings, every two options of different groups together at least once: what is rendered is what the
/// API server takes, to the letter and without a warning, and the pods are admitted.
/// </summary>
public class MatrixTests(ClusterUnderTest cluster)
{
    private const string Name = "matrix";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void EveryTwoOptions_MeetAtLeastOnce()
    {
        var met = Pairwise.Of(SettingsMatrix.Groups).SelectMany(combination => Pairs(combination.Options)).ToHashSet();

        Assert.Equal(Pairs(SettingsMatrix.Groups).Sum(pair => pair.Item1.Options.Count * pair.Item2.Options.Count), met.Count);
    }

    [Fact]
    public async Task EveryObject_PassesAStrictDryRun_AndEveryPodIsAdmitted()
    {
        using var api = new StrictApi(cluster.Kubeconfig);
        await using var restricted = await NamespaceAsync(api, "restricted");
        await using var privileged = await NamespaceAsync(api, "privileged");
        await using var kinds = new CustomKinds(api);
        await kinds.EnsureAsync(Cancellation);
        await using var runtime = await RuntimeAsync(api);
        var combinations = Pairwise.Of(SettingsMatrix.Groups);
        Assert.True(combinations.Count >= 150, $"only {combinations.Count} combinations");

        var said = new ConcurrentBag<string>();
        var objects = 0;
        await Parallel.ForEachAsync(combinations, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation }, async (combination, cancellation) =>
        {
            var settings = combination.Apply(Begin(combination.Restricted ? restricted : privileged));
            var wrong = DeploymentEngine.Validate(settings);
            foreach (var error in wrong)
            {
                said.Add($"{error.Setting}: {error.Problem} ({combination})");
            }

            if (wrong.Count > 0)
            {
                return;
            }

            var manifest = DeploymentEngine.Render(settings);
            foreach (var rendered in manifest.Objects)
            {
                Interlocked.Increment(ref objects);
                Collect(await api.ApplyAsync(rendered, cancellation));
            }

            Collect(await api.CreatePodAsync(manifest.Objects.Single(item => item.Id is { Kind: "Deployment", Name: Name }), cancellation));

            void Collect(IReadOnlyList<string> findings)
            {
                foreach (var finding in findings)
                {
                    said.Add($"{finding} ({combination})");
                }
            }
        });

        Assert.True(said.IsEmpty, $"{said.Count} objections:\n{string.Join('\n', said.Order(StringComparer.Ordinal).Take(20))}");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{combinations.Count} combinations, {objects} objects and as many pods as combinations, {combinations.Count(item => item.Restricted)} of them in a restricted namespace");
    }

    private static IEnumerable<(T, T)> Pairs<T>(IReadOnlyList<T> all) =>
        all.SelectMany((first, index) => all.Skip(index + 1).Select(second => (first, second)));

    private static DeploymentSettings Begin(TestNamespace place) => new()
    {
        Name = Name,
        Namespace = place.Name,
        Application = "end-to-end",
        Image = "registry.example.com/greeter@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    };

    private async Task<TestNamespace> NamespaceAsync(StrictApi user, string level)
    {
        var place = cluster.NewNamespace();
        var labels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = level, ["pod-security.kubernetes.io/warn"] = level };
        await user.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new() { Name = place.Name, Labels = labels } }, cancellationToken: Cancellation);
        // Pods are only admitted where their account is.
        foreach (var account in (string[])["default", Name, SettingsMatrix.Account])
        {
            await EnsureAccountAsync(user, place.Name, account);
        }

        return place;
    }

    private static async Task EnsureAccountAsync(StrictApi user, string @namespace, string name)
    {
        try
        {
            await user.CoreV1.CreateNamespacedServiceAccountAsync(new V1ServiceAccount { Metadata = new() { Name = name } }, @namespace, cancellationToken: Cancellation);
        }
        catch (k8s.Autorest.HttpOperationException present) when (present.Response.StatusCode == System.Net.HttpStatusCode.Conflict)
        {
            // The cluster makes the default one itself.
        }
    }

    private static async Task<Removal?> RuntimeAsync(StrictApi user)
    {
        try
        {
            var made = new V1RuntimeClass { Metadata = new() { Name = SettingsMatrix.RuntimeClass }, Handler = "runc" };
            await user.NodeV1.CreateRuntimeClassAsync(made, cancellationToken: Cancellation);
            return new Removal(() => user.NodeV1.DeleteRuntimeClassAsync(SettingsMatrix.RuntimeClass));
        }
        catch (k8s.Autorest.HttpOperationException absent) when (absent.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            // The embedded cluster has no such kind, and asks for none.
            return null;
        }
    }

    private sealed class Removal(Func<Task> remove) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await remove();
    }
}
