using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Preflight;

public class PreflightCheckTests
{
    private const string Nginx = """{"items":[{"metadata":{"name":"nginx"}},{"metadata":{"name":"traefik"}}]}""";
    private const string Classes = "apis/networking.k8s.io/v1/ingressclasses";

    private readonly KnownCluster _cluster = new();

    [Fact]
    public async Task AClusterThatHasAll_HasNothingToSay_AfterFewRequests()
    {
        var report = await _cluster.CheckAsync(A.Settings(), A.Settings() with { Name = "other" });

        Assert.Empty(report.Warnings.Concat(report.Notes));
        Assert.Equal(
            ["GET api/v1/namespaces/demo", "GET apis", "GET version", "POST apis/authorization.k8s.io/v1/selfsubjectaccessreviews"],
            _cluster.Transport.Requests.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("21", "server-side apply needs 1.22")]
    [InlineData("22+", "the autoscaler (autoscaling/v2) needs 1.23")]
    [InlineData("29", "the pause before an image that is not ours stops needs 1.30")]
    public async Task AServerThatIsTooOld_IsToldBeforeAnythingIsDone(string minor, string problem)
    {
        _cluster.With("version", $$"""{"major":"1","minor":"{{minor}}"}""");

        var failure = await _cluster.FailureAsync(A.Settings() with { ImageIsOurs = false, Resources = new() { MinReplicas = 1, MaxReplicas = 2 } });

        Assert.Contains($"Kubernetes 1.{minor.TrimEnd('+')}, and {problem}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ngnix", "IngressClass/ngnix is not there (there is 'nginx', 'traefik')", ".WithIngress(i => i.ClassName = \"nginx\"), or install its controller")]
    [InlineData("traefik2", "IngressClass/traefik2 is not there (there is 'traefik', 'nginx')", ".WithIngress(i => i.ClassName = \"traefik\"), or install its controller")]
    public async Task AnUnknownIngressClass_IsAFailure_WithTheNearest(string name, string problem, string fix)
    {
        _cluster.With(Classes, Nginx);

        var failure = await _cluster.FailureAsync(A.Settings() with { Ingress = new() { ClassName = name } });

        Assert.Equal(("K8SD233", $"greeter: {problem}", fix), (failure.Code, failure.Problem, failure.Fix));
    }

    [Fact]
    public async Task NoDefaultIngressClass_IsAWarning()
    {
        _cluster.With(Classes, Nginx);

        var report = await _cluster.CheckAsync(A.Settings() with { Ingress = new() });

        Assert.Equal(
            "greeter: the Ingress names no class, and none of the cluster's is the default (there is 'nginx', 'traefik')\n  → .WithIngress(i => i.ClassName = \"nginx\")",
            Assert.Single(report.Warnings));
    }

    [Fact]
    public async Task WhatMayNotBeLookedAt_IsOneLine_AndNoFailure()
    {
        _cluster.Forbidden.Add(Classes);

        var report = await _cluster.CheckAsync(A.Settings() with { Ingress = new() { ClassName = "nginx" } });

        Assert.Empty(report.Warnings);
        Assert.Equal("ingressclasses of all namespaces may not be looked at by this user, so it was not checked", Assert.Single(report.Notes));
    }

    [Theory]
    [InlineData(null, false, true)]
    [InlineData(null, true, false)]
    [InlineData("kubernetes.io/tls", false, false)]
    public async Task TheCertificatesSecret_MayComeLater(string? type, bool certManager, bool warns)
    {
        _cluster.With(Classes, Nginx);
        if (type is not null)
        {
            _cluster.With("api/v1/namespaces/demo/secrets/greeter-tls", $$"""{"type":"{{type}}"}""");
        }

        var report = await _cluster.CheckAsync(A.Settings() with { Ingress = Tls(certManager) });

        Assert.Equal(warns, report.Warnings.Any(item => item.StartsWith("greeter: Secret/demo/greeter-tls with the certificate of greeter.example.com is not there", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ASecretOfAnotherType_IsNoCertificate()
    {
        _cluster.With(Classes, Nginx).With("api/v1/namespaces/demo/secrets/greeter-tls", """{"type":"Opaque"}""");

        var failure = await _cluster.FailureAsync(A.Settings() with { Ingress = Tls(certManager: true) });

        Assert.Equal(("K8SD234", "greeter: Secret/demo/greeter-tls is of type Opaque, and TLS of the Ingress needs kubernetes.io/tls"), (failure.Code, failure.Problem));
    }

    [Theory]
    [InlineData(AutoscalingMetric.Cpu, "nothing in the cluster measures processors and memory (metrics.k8s.io)")]
    [InlineData(AutoscalingMetric.Concurrency, "nothing in the cluster measures metrics of pods (custom.metrics.k8s.io)")]
    public async Task WithoutMetrics_ThereIsAWarning(AutoscalingMetric metric, string problem)
    {
        _cluster.With("apis", KnownCluster.Groups("apps/v1", "autoscaling/v2", "policy/v1"));

        var report = await _cluster.CheckAsync(A.Settings() with { Resources = new() { MinReplicas = 1, MaxReplicas = 2 }, Autoscaling = new() { Metric = metric, Target = 10 } });

        Assert.StartsWith($"greeter: {problem}", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KindsThatAreNotInstalled_AreAllNamed()
    {
        var failure = await _cluster.FailureAsync(A.Settings() with
        {
            Gateway = new() { Name = "shared" },
            Resources = new() { MinReplicas = 1, MaxReplicas = 2 },
            Autoscaling = new() { Autoscaler = AutoscalerKind.Keda },
        });

        Assert.Equal("K8SD230", failure.Code);
        Assert.Contains("K8SD225: greeter: https://cluster.example:6443/ does not have KEDA, so it knows no ScaledObject", failure.Message, StringComparison.Ordinal);
        Assert.Contains("K8SD225: greeter: https://cluster.example:6443/ does not have the Gateway API, so it knows no HTTPRoute", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGatewayThatIsNotThere_IsAWarning()
    {
        _cluster.With("apis", KnownCluster.Groups("apps/v1", "gateway.networking.k8s.io/v1"));

        var report = await _cluster.CheckAsync(A.Settings() with { Gateway = new() { Name = "shared", Namespace = "infra" } });

        Assert.StartsWith("greeter: Gateway/infra/shared is not there", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAccountThatIsNotThere_IsAFailure_AndItsRoleAndPullSecretsAreWarnings()
    {
        var settings = A.Settings() with { ServiceAccount = new() { Name = "runner", ClusterRole = "vieww" }, ImagePullSecrets = ["registry"] };

        var failure = await _cluster.FailureAsync(settings);
        var report = await _cluster.With("api/v1/namespaces/demo/serviceaccounts/runner", "{}").CheckAsync(settings);

        Assert.Equal(("K8SD235", "greeter: ServiceAccount/demo/runner is not there, and no pod starts without"), (failure.Code, failure.Problem));
        Assert.Collection(
            report.Warnings,
            warning => Assert.StartsWith("greeter: ClusterRole/vieww is not there", warning, StringComparison.Ordinal),
            warning => Assert.StartsWith("greeter: Secret/demo/registry is not there; the image is pulled without it", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ANodePortThatIsTaken_NamesItsHolder()
    {
        _cluster.With("api/v1/services", """{"items":[{"metadata":{"namespace":"demo","name":"greeter"},"spec":{"ports":[{"nodePort":30080}]}},{"metadata":{"namespace":"shop","name":"web"},"spec":{"ports":[{"nodePort":30081}]}}]}""");
        DeploymentSettings With(int port) => A.Settings() with { Service = new() { Type = ServiceType.NodePort, NodePort = port } };

        var failure = await _cluster.FailureAsync(With(30081));
        var mine = await _cluster.CheckAsync(With(30080));

        Assert.Equal(("K8SD239", "greeter: node port 30081 is taken by Service/shop/web"), (failure.Code, failure.Problem));
        Assert.Empty(mine.Warnings);
    }

    [Fact]
    public async Task ANamespaceOnItsWayOut_IsAWarning()
    {
        _cluster.With("api/v1/namespaces/demo", """{"metadata":{"name":"demo","deletionTimestamp":"2026-01-01T00:00:00Z"},"status":{"conditions":[{"status":"True","message":"a finalizer remains"}]}}""");

        Assert.StartsWith("Namespace/demo is being deleted (a finalizer remains)", Assert.Single((await _cluster.CheckAsync(A.Settings())).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OurPods_AreTakenByARestrictedNamespace_AndOthersAreNot()
    {
        _cluster.With("api/v1/namespaces/demo", """{"metadata":{"name":"demo","labels":{"pod-security.kubernetes.io/enforce":"restricted"}}}""");

        Assert.Empty((await _cluster.CheckAsync(A.Settings())).Warnings);
        var failure = await _cluster.FailureAsync(A.Settings() with { ImageIsOurs = false });

        Assert.Equal(
            ("K8SD240", "greeter: Namespace/demo enforces the Pod Security Standard 'restricted', which forbids runAsNonRoot other than true (container greeter)"),
            (failure.Code, failure.Problem));
    }

    [Fact]
    public async Task AllProblemsOfAllDeployments_AreOneMessage()
    {
        _cluster.With(Classes, Nginx);

        var failure = await _cluster.FailureAsync(
            A.Settings() with { Ingress = new() { ClassName = "nginxx" } },
            A.Settings() with { Name = "other", ServiceAccount = new() { Name = "runner" } });

        Assert.Equal(
            """
            K8SD230: 2 things are wrong with the cluster or the rights in it:
              K8SD233: greeter: IngressClass/nginxx is not there (there is 'nginx', 'traefik')
                → .WithIngress(i => i.ClassName = "nginx"), or install its controller
              K8SD235: other: ServiceAccount/demo/runner is not there, and no pod starts without
                → .WithServiceAccount(s => s.Create = true), or the name of one that is there
              → nothing was built or applied; mend this, and try again
            """,
            failure.Message);
    }

    private static IngressSettings Tls(bool certManager) => new()
    {
        ClassName = "nginx",
        Host = "greeter.example.com",
        TlsEnabled = true,
        TlsSecretName = "greeter-tls",
        Annotations = certManager ? new Dictionary<string, string> { ["cert-manager.io/cluster-issuer"] = "letsencrypt" } : new Dictionary<string, string>(),
    };
}
