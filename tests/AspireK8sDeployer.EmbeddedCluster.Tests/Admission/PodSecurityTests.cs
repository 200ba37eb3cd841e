using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Admission;

/// <summary>What pods are refused for, and the words, is recorded: <c>Golden/recordings/validation/pod-security.json</c>.</summary>
public sealed class PodSecurityTests : IAsyncLifetime
{
    private const string Everything = "allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile";

    private ApiServer? _server;
    private HttpClient? _client;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(ct: Ct);
        _client = TestClient.AdminFor(_server);
        _server.Api.Create(new V1Namespace { Metadata = new V1ObjectMeta { Name = "team" } }, "test");
        _server.Api.Create(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "default", NamespaceProperty = "team" } }, "test");
        CreatePod("a");
        CreatePod("b");
        CreatePod("c", pod => pod.HostNetwork = true);
        CreatePod("good", Comply);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task StricterNamespace_NamesThePodsThatItWouldRefuse()
    {
        Assert.Equal(
            [
                "existing pods in namespace \"team\" violate the new PodSecurity enforce level \"restricted:latest\"",
                $"a (and 1 other pod): {Everything}",
                $"c: host namespaces, {Everything}",
            ],
            await EnforceAsync("restricted"));
    }

    [Fact]
    public async Task SameOrLooserLevel_IsNoReasonToWarn()
    {
        await EnforceAsync("restricted");

        Assert.Empty(await EnforceAsync("restricted"));
        Assert.Empty(await EnforceAsync("privileged"));
    }

    private async Task<string[]> EnforceAsync(string level)
    {
        var labels = new JsonObject { ["pod-security.kubernetes.io/enforce"] = level };
        using var body = JsonContent.Create(
            new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels } }, new MediaTypeHeaderValue("application/merge-patch+json"));
        using var answer = await _client!.PatchAsync(new Uri("/api/v1/namespaces/team", UriKind.Relative), body, Ct);
        answer.EnsureSuccessStatusCode();
        return [.. answer.Headers.Warning.Select(warning => warning.Text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal))];
    }

    private void CreatePod(string name, Action<V1PodSpec>? change = null)
    {
        var spec = new V1PodSpec { Containers = [new V1Container { Name = "app", Image = "app:1" }] };
        change?.Invoke(spec);
        _server!.Api.Create(new V1Pod { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "team" }, Spec = spec }, "test");
    }

    private static void Comply(V1PodSpec pod)
    {
        pod.SecurityContext = new V1PodSecurityContext { RunAsNonRoot = true, SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" } };
        pod.Containers[0].SecurityContext = new V1SecurityContext { AllowPrivilegeEscalation = false, Capabilities = new V1Capabilities { Drop = ["ALL"] } };
    }
}
