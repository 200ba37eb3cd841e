using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Settings;

public class SettingsValidatorTests
{
    public static TheoryData<DeploymentSettings, string, string> Wrong => new()
    {
        { A.Settings() with { Name = "Greeter" }, "Name", "'Greeter' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63)" },
        { A.Settings() with { Name = "1st" }, "Name", "'1st' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63)" },
        { A.Settings() with { Name = "greeter\n" }, "Name", "'greeter\n' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63)" },
        { A.Settings() with { Namespace = "My_NS" }, "Namespace", "'My_NS' is not a DNS label (lower case letters, digits and '-', at most 63)" },
        { A.Settings() with { Application = "my app" }, "Application", "'my app' is not a label value (letters, digits, '-', '_' and '.', at most 63)" },
        { A.Settings() with { Version = "1.0+build" }, "Version", "'1.0+build' is not a label value (letters, digits, '-', '_' and '.', at most 63)" },
        { A.Settings() with { Image = "Registry/Greeter:1" }, "Image", "'Registry/Greeter:1' is not an image reference ([host[:port]/]path[:tag][@digest], the path in lower case)" },
        { A.Settings() with { Image = "" }, "Image", "'' is not an image reference ([host[:port]/]path[:tag][@digest], the path in lower case)" },
        { A.Settings() with { ImagePullSecrets = ["a b"] }, "ImagePullSecrets", "'a b' is not the name of a Secret" },
        { A.Settings() with { PullCredentials = new RegistryCredentials("", "ada", "x") }, "PullCredentials", "the registry's host or user is empty" },
        { WithService(new ServiceSettings { Port = 0 }), "Service.Port", "0 is not a port (1 to 65535)" },
        { WithService(new ServiceSettings { Port = 65536 }), "Service.Port", "65536 is not a port (1 to 65535)" },
        { WithService(new ServiceSettings { NodePort = 30080 }), "Service.NodePort", "a node port needs a Service of type NodePort, this one is LoadBalancer" },
        { WithService(new ServiceSettings { Type = ServiceType.NodePort, NodePort = 80 }), "Service.NodePort", "80 is not a node port (30000 to 32767)" },
        { WithService(new ServiceSettings { Type = ServiceType.ClusterIP, LoadBalancerIP = "203.0.113.7" }), "Service.LoadBalancerIP", "it needs a Service of type LoadBalancer, this one is ClusterIP" },
        { WithService(new ServiceSettings { LoadBalancerIP = "here" }), "Service.LoadBalancerIP", "'here' is not an IP address" },
        { WithService(new ServiceSettings { LoadBalancerSourceRanges = ["10.0.0.0/33"] }), "Service.LoadBalancerSourceRanges", "'10.0.0.0/33' is not a network (address/bits)" },
        { WithService(new ServiceSettings { Type = ServiceType.NodePort, LoadBalancerSourceRanges = ["10.0.0.0/8"] }), "Service.LoadBalancerSourceRanges", "they need a Service of type LoadBalancer, this one is NodePort" },
        { WithService(new ServiceSettings { Annotations = new Dictionary<string, string> { ["a b"] = "c" } }), "Service.Annotations", "'a b' is not an annotation's key ([prefix/]name)" },
        { WithResources(new ResourceSettings { Cpu = 0 }), "Resources.Cpu", "0 is not more than 0" },
        { WithResources(new ResourceSettings { Memory = "2 gigs" }), "Resources.Memory", "'2 gigs' is not an amount of memory (for example 512Mi, 2GiB, 4GB)" },
        { WithResources(new ResourceSettings { Memory = "0GB" }), "Resources.Memory", "'0GB' is not an amount of memory (for example 512Mi, 2GiB, 4GB)" },
        { WithResources(new ResourceSettings { Gpu = -1 }), "Resources.Gpu", "-1 is less than 0" },
        { WithResources(new ResourceSettings { MinReplicas = 0, MaxReplicas = 3 }), "Resources.MinReplicas", "0 needs an autoscaler that can scale to zero, and the horizontal pod autoscaler cannot" },
        { WithResources(new ResourceSettings { MinReplicas = 3, MaxReplicas = 2 }), "Resources.MaxReplicas", "2 is less than the minimum, 3" },
        { WithResources(new ResourceSettings { MaxReplicas = 0 }), "Resources.MaxReplicas", "0 is less than 1" },
        { A.Settings() with { Autoscaling = new AutoscalingSettings { Target = 101 } }, "Autoscaling.Target", "101 is not a percentage (1 to 100)" },
        { A.Settings() with { ReadinessProbe = new ProbeSettings { Path = "health" } }, "ReadinessProbe.Path", "'health' does not begin with '/'" },
        { A.Settings() with { LivenessProbe = new ProbeSettings { PeriodSeconds = 0 } }, "LivenessProbe.PeriodSeconds", "0 is less than 1" },
        { A.Settings() with { StartupProbe = new ProbeSettings { SuccessThreshold = 2 } }, "StartupProbe.SuccessThreshold", "2 is not 1, the only value for this probe" },
        { WithEnvironment("1A", "x"), "Environment", "'1A' is not the name of a variable (letters, digits, '_', '-' and '.', no digit first)" },
        { WithEnvironment("ASPNETCORE_URLS", "http://*:80"), "Environment", "'ASPNETCORE_URLS' is set by the deployer, from the Service's port" },
        { WithEnvironment("PipelineDeployment__Id", "x"), "Environment", "'PipelineDeployment__Id' is set by the deployer" },
        { WithEnvironment("A", "x") with { SecretEnvironment = new Dictionary<string, string> { ["A"] = "y" } }, "Environment", "'A' is set twice, once as a secret" },
        { A.Settings() with { Labels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "x" } }, "Labels", "'app.kubernetes.io/name' is set by the deployer" },
        { A.Settings() with { Labels = new Dictionary<string, string> { ["team"] = "a b" } }, "Labels", "the value 'a b' of 'team' is not a label value (letters, digits, '-', '_' and '.', at most 63)" },
        { A.Settings() with { Annotations = new Dictionary<string, string> { ["aspire-k8s.dev/x"] = "y" } }, "Annotations", "'aspire-k8s.dev/x' is set by the deployer" },
        { A.Settings() with { DeployTimeout = TimeSpan.Zero }, "DeployTimeout", "00:00:00 is not a time to wait (up to 7 days)" },
        { A.Settings() with { DeployTimeout = TimeSpan.MaxValue }, "DeployTimeout", "10675199.02:48:05.4775807 is not a time to wait (up to 7 days)" },
        { A.Settings() with { ImagePullPolicy = (ImagePullPolicy)9 }, "ImagePullPolicy", "9 is not a pull policy" },
        { A.Settings() with { PullCredentials = new RegistryCredentials("r.example.com", "a:b", "x") }, "PullCredentials", "the registry's user contains ':'" },
        { A.Settings() with { MaxConcurrency = 0 }, "MaxConcurrency", "0 is less than 1" },
        { WithService(new ServiceSettings { LoadBalancerIP = "1" }), "Service.LoadBalancerIP", "'1' is not an IP address" },
        { WithService(new ServiceSettings { LoadBalancerSourceRanges = ["10.0.0.1/8"] }), "Service.LoadBalancerSourceRanges", "'10.0.0.1/8' has bits beyond the first 8" },
        { WithService(new ServiceSettings { LoadBalancerSourceRanges = ["2001:db8::1/64"] }), "Service.LoadBalancerSourceRanges", "'2001:db8::1/64' has bits beyond the first 64" },
        { WithService(new ServiceSettings { LoadBalancerSourceRanges = ["10.0.0.0/08"] }), "Service.LoadBalancerSourceRanges", "'10.0.0.0/08' is not a network (address/bits)" },
        { WithResources(new ResourceSettings { Cpu = double.NaN }), "Resources.Cpu", "NaN is not more than 0" },
        { WithResources(new ResourceSettings { Cpu = double.PositiveInfinity }), "Resources.Cpu", "Infinity processors are more than any machine has; half of one is 0.5" },
        { WithResources(new ResourceSettings { Memory = "500m" }), "Resources.Memory", "'500m' would be thousandths of a byte; M is a million, Mi is 2^20" },
        { WithResources(new ResourceSettings { Memory = "512" }), "Resources.Memory", "'512' is less than 4 MiB, with which no container starts; a number alone counts bytes" },
        { A.Settings() with { ReadinessProbe = new ProbeSettings { Path = "/a b" } }, "ReadinessProbe.Path", "'/a b' has white space or '#' in it, which no request has" },
        { A.Settings() with { TerminationGracePeriod = TimeSpan.FromSeconds(-1) }, "TerminationGracePeriod", "-00:00:01 is not between 0 s and 7 days" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void AWrongSetting_IsNamedWithTheCallThatMendsIt(DeploymentSettings settings, string setting, string problem)
    {
        var error = Assert.Single(SettingsValidator.Validate(settings));

        Assert.Equal((setting, problem), (error.Setting, error.Problem));
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void Defaults_AreValid() => Assert.Empty(SettingsValidator.Validate(A.Settings()));

    [Theory]
    [InlineData("greeter")]
    [InlineData("greeter:1.0")]
    [InlineData("localhost:5000/greeter:1.0")]
    [InlineData("registry.example.com/team/greeter__a-b.c")]
    [InlineData("registry.example.com:5000/greeter:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("[::1]:5000/greeter")]
    public void EveryFormOfImageReference_IsAccepted(string image) => Assert.Empty(SettingsValidator.Validate(A.Settings() with { Image = image }));

    [Fact]
    public void AllMistakes_AreReportedAtOnce()
    {
        var settings = A.Settings() with
        {
            Name = "Greeter",
            Service = new ServiceSettings { Port = 0 },
            Resources = new ResourceSettings { Memory = "much" },
        };

        var failure = Assert.Throws<DeploymentException>(() => SettingsValidator.ThrowIfInvalid(settings));

        Assert.Equal(
            """
            K8SD101: Deployment 'Greeter' has 3 wrong settings:
              - Name: 'Greeter' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63); builder.AddPipelineDeployment<TProject>("my-pipeline")
              - Service.Port: 0 is not a port (1 to 65535); .WithService(s => s.Port = 8000)
              - Resources.Memory: 'much' is not an amount of memory (for example 512Mi, 2GiB, 4GB); .WithResources(memory: "2GiB")
              → correct them and deploy again; nothing was changed
            """,
            failure.Message);
    }

    [Fact]
    public void SecretValues_AreNeverQuoted()
    {
        var settings = A.Settings() with { SecretEnvironment = new Dictionary<string, string> { ["1KEY"] = "hunter2" }, PullCredentials = new RegistryCredentials("", "", "hunter2") };

        Assert.DoesNotContain("hunter2", string.Join('\n', SettingsValidator.Validate(settings)), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", settings.PullCredentials.ToString(), StringComparison.Ordinal);
    }

    private static DeploymentSettings WithService(ServiceSettings service) => A.Settings() with { Service = service };

    private static DeploymentSettings WithResources(ResourceSettings resources) => A.Settings() with { Resources = resources };

    private static DeploymentSettings WithEnvironment(string name, string value) => A.Settings() with { Environment = new Dictionary<string, string> { [name] = value } };
}
