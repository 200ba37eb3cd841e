using System.Net;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.EndToEnd.Support;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>The examples of the playground do what they say. Those with an Ingress are really called through it.</summary>
public class ExamplesTests(ClusterUnderTest cluster, DeployedExamples examples) : IClassFixture<DeployedExamples>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClusterIpWithIngress_AnswersByItsHost()
    {
        var door = await examples.FrontDoorOfAsync("inside", Cancellation);

        Assert.Equal("ClusterIP", (await examples.ServiceAsync("inside", Cancellation)).Spec.Type);
        Assert.Equal("inside", await DeploymentThatAnswersAsync(door, "http://inside.example.com/"));
        Assert.Equal(HttpStatusCode.NotFound, await door.StatusAsync("http://elsewhere.example.com/health", Cancellation));
    }

    [Fact]
    public async Task TlsFromSecret_ShowsItsCertificate()
    {
        var door = await examples.FrontDoorOfAsync("secure", Cancellation);

        Assert.Equal("secure", await DeploymentThatAnswersAsync(door, "https://secure.example.com/", examples.Secure));
    }

    [Fact]
    public async Task TlsByCertManager_ShowsTheCertificateOnceItIsMade()
    {
        examples.Deployed();
        var ingress = await examples.IngressAsync("certified", Cancellation);
        Assert.Equal("letsencrypt-prod", ingress.Annotations()["cert-manager.io/cluster-issuer"]);
        Assert.Equal([("certified.example.com", "certified-tls")], ingress.Spec.Tls.Select(tls => (tls.Hosts.Single(), tls.SecretName)));
        var door = await examples.FrontDoorOfAsync("certified", Cancellation);

        // In cert-manager's place.
        var certificate = Certificate.For("certified.example.com");
        await examples.User.CoreV1.CreateNamespacedSecretAsync(certificate.ToSecret("certified-tls"), examples.Namespace, cancellationToken: Cancellation);

        Assert.Equal("certified", await OnceItIsShownAsync(() => DeploymentThatAnswersAsync(door, "https://certified.example.com/", certificate)));
    }

    [Theory]
    [InlineData("nginx", "nginx.ingress.kubernetes.io/proxy-body-size=50m nginx.ingress.kubernetes.io/proxy-read-timeout=300 nginx.ingress.kubernetes.io/affinity=cookie")]
    [InlineData("traefik", "traefik.ingress.kubernetes.io/router.entrypoints=web")]
    [InlineData("alb", "alb.ingress.kubernetes.io/scheme=internet-facing alb.ingress.kubernetes.io/target-type=ip alb.ingress.kubernetes.io/healthcheck-path=/health")]
    public async Task Annotations_AreTheControllers(string name, string annotations)
    {
        examples.Deployed();
        var ingress = await examples.IngressAsync(name, Cancellation);
        Assert.Equal(name, ingress.Spec.IngressClassName);
        Assert.Equal(annotations.Split(' ').Order(StringComparer.Ordinal), ingress.Annotations().Select(item => $"{item.Key}={item.Value}").Order(StringComparer.Ordinal));

        var door = await examples.FrontDoorOfAsync(name, Cancellation);
        Assert.Equal(name, await DeploymentThatAnswersAsync(door, $"http://{name}.example.com/"));
    }

    [Fact]
    public async Task PathRouting_LeadsToTwoPipelinesOnOneHost()
    {
        var door = await examples.FrontDoorOfAsync("poet", Cancellation);

        Assert.Equal("poet", await DeploymentThatAnswersAsync(door, "http://artists.example.com/poet/"));
        Assert.Equal("painter", await DeploymentThatAnswersAsync(door, "http://artists.example.com/painter/"));
        Assert.Equal(HttpStatusCode.NotFound, await door.StatusAsync("http://artists.example.com/health", Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, await door.StatusAsync("http://artists.example.com/poetry/health", Cancellation));
    }

    [Fact]
    public async Task StickySessions_HaveTwoReplicas_AndABudgetForThem()
    {
        examples.Deployed();

        Assert.Equal("ClientIP", (await examples.ServiceAsync("sticky", Cancellation)).Spec.SessionAffinity);
        Assert.Equal(2, (await DeploymentAsync("sticky")).Status.AvailableReplicas);
        var budget = await examples.User.PolicyV1.ReadNamespacedPodDisruptionBudgetAsync("sticky", examples.Namespace, cancellationToken: Cancellation);
        Assert.Equal("1", budget.Spec.MaxUnavailable.Value);
    }

    [Fact]
    public async Task NodePort_IsTheOneThatWasAskedFor()
    {
        var deploy = examples.Deployed();

        Assert.Equal(30080, (await examples.ServiceAsync("fixed-port", Cancellation)).Spec.Ports.Single().NodePort);
        deploy.ShouldSay(":30080");
    }

    [Fact]
    public async Task SourceRanges_AreTheLoadBalancers()
    {
        examples.Deployed();
        var spec = (await examples.ServiceAsync("fenced", Cancellation)).Spec;

        Assert.Equal("LoadBalancer", spec.Type);
        Assert.Equal(["10.0.0.0/8", "127.0.0.0/8"], spec.LoadBalancerSourceRanges);
    }

    [Fact]
    public async Task AnnotatedLoadBalancer_TellsTheCloud()
    {
        examples.Deployed();
        var service = await examples.ServiceAsync("balanced", Cancellation);

        Assert.Equal(("LoadBalancer", "ClientIP"), (service.Spec.Type, service.Spec.SessionAffinity));
        Assert.Equal("nlb", service.Annotations()["service.beta.kubernetes.io/aws-load-balancer-type"]);
        Assert.Equal("true", service.Annotations()["service.beta.kubernetes.io/aws-load-balancer-internal"]);
    }

    [Fact]
    public async Task PodSettings_ReachThePod()
    {
        var deploy = examples.Deployed();
        var pod = (await examples.User.CoreV1.ListNamespacedPodAsync(examples.Namespace, labelSelector: "aspire-k8s.dev/deployment=placed", cancellationToken: Cancellation)).Items.Single();

        Assert.Equal("linux", pod.Spec.NodeSelector["kubernetes.io/os"]);
        Assert.Contains(pod.Spec.Tolerations, toleration => toleration is { Key: "nvidia.com/gpu", OperatorProperty: "Exists", Effect: "NoSchedule" });
        Assert.Equal("disk", pod.Spec.Affinity.NodeAffinity.PreferredDuringSchedulingIgnoredDuringExecution.Single().Preference.MatchExpressions.Single().Key);
        Assert.Equal(["cache at /var/cache/models", "model-store at /etc/model-store"], pod.Spec.Containers.Single().VolumeMounts.Select(mount => $"{mount.Name} at {mount.MountPath}"));
        Assert.Contains(pod.Spec.Containers.Single().Env, variable => variable is { Name: "MODEL_STORE_TOKEN", ValueFrom.SecretKeyRef: { Name: "model-store", Key: "token" } });
        Assert.True(pod.Status.ContainerStatuses.Single().Ready);
        deploy.ShouldNotSay("hunter2");
    }

    [Fact]
    public async Task Autoscaled_HasOneToFiveReplicas()
    {
        cluster.SkipWithoutImages();
        var free = await LargestFreeProcessorsAsync();
        Assert.SkipWhen(free < 2, $"no node has 2 processors free (the most is {free})");
        await using var appHost = new AppHostUnderTest(cluster, "Examples", "autoscaled");

        (await appHost.RunAsync("deploy", Cancellation, ("Examples", "Autoscaled"))).ShouldSucceed();

        using var user = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(appHost.Kubeconfig));
        var deployment = await user.AppsV1.ReadNamespacedDeploymentAsync("autoscaled", appHost.Namespace, cancellationToken: Cancellation);
        var resources = deployment.Spec.Template.Spec.Containers.Single().Resources;
        Assert.Equal(("2", "3815Mi"), (resources.Requests["cpu"].ToString(), resources.Requests["memory"].ToString()));
        Assert.Equal(("2", "3815Mi"), (resources.Limits["cpu"].ToString(), resources.Limits["memory"].ToString()));
        var scaler = await user.AutoscalingV2.ReadNamespacedHorizontalPodAutoscalerAsync("autoscaled", appHost.Namespace, cancellationToken: Cancellation);
        Assert.Equal((1, 5), (scaler.Spec.MinReplicas, scaler.Spec.MaxReplicas));
        Assert.Equal(70, scaler.Spec.Metrics.Single().Resource.Target.AverageUtilization);
    }

    private static async Task<string> DeploymentThatAnswersAsync(FrontDoor door, string url, Certificate? trusted = null)
    {
        using var http = door.Call(url, trusted);
        var answer = await new PipelineClient(http).InvokeAsync(new InvokeRequest { Parameters = new() { ["name"] = "Ada" } }, Cancellation);
        Assert.Contains("Ada", answer.Outputs?.ToString() ?? "", StringComparison.Ordinal);
        return answer.Metadata!.DeploymentName!;
    }

    private static async Task<string> OnceItIsShownAsync(Func<Task<string>> call)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        bounded.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return await call();
            }
            catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.SecureConnectionError && !bounded.IsCancellationRequested)
            {
                // The controller shows another certificate until it has seen the Secret.
            }
        }
    }

    // The embedded cluster that the AppHost starts is a node with this machine's processors, and nothing else on it.
    private async Task<decimal> LargestFreeProcessorsAsync()
    {
        if (cluster.IsEmbedded)
        {
            return Environment.ProcessorCount;
        }

        using var user = cluster.ConnectAsUser();
        var pods = (await user.CoreV1.ListPodForAllNamespacesAsync(cancellationToken: Cancellation)).Items.ToLookup(pod => pod.Spec.NodeName);
        return (await user.CoreV1.ListNodeAsync(cancellationToken: Cancellation)).Items.Max(node =>
            node.Status.Allocatable["cpu"].ToDecimal() - pods[node.Name()].Sum(pod => pod.Spec.Containers.Sum(RequestedProcessors)));
    }

    private static decimal RequestedProcessors(V1Container container) =>
        container.Resources?.Requests?.TryGetValue("cpu", out var cpu) == true ? cpu.ToDecimal() : 0;

    private async Task<V1Deployment> DeploymentAsync(string name) =>
        await examples.User.AppsV1.ReadNamespacedDeploymentAsync(name, examples.Namespace, cancellationToken: Cancellation);
}
