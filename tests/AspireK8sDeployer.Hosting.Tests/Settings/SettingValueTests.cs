using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

public class SettingValueTests
{
    [Fact]
    public async Task Parameters_GiveValuesOfEveryType()
    {
        var builder = AppHost("--Parameters:host=greeter.example.com", "--Parameters:cpu=0.5", "--Parameters:replicas=3", "--Parameters:type=clusterip", "--Parameters:timeout=15m", "--Parameters:tls=true", "--Parameters:policy=true", "--Parameters:budget=false", "--Parameters:rollback=true");
        IResourceBuilder<ParameterResource> Parameter(string name) => builder.AddParameter(name);

        var settings = await ResolveAsync(builder, greeter => greeter
            .WithIngress(Parameter("host").Resource, i => { i.TlsEnabled = Parameter("tls").Resource; i.TlsSecretName = "tls"; })
            .WithResources(cpu: Parameter("cpu").Resource, minReplicas: Parameter("replicas").Resource)
            .WithService(s => s.Type = Parameter("type").Resource)
            .WithNetworkPolicy(Parameter("policy").Resource)
            .WithPodDisruptionBudget(Parameter("budget").Resource)
            .WithRollbackOnFailure(Parameter("rollback").Resource)
            .WithDeployTimeout(Parameter("timeout").Resource));

        Assert.Equal(
            ("greeter.example.com", true, 0.5, 3, ServiceType.ClusterIP, TimeSpan.FromMinutes(15)),
            (settings.Ingress!.Host, settings.Ingress.TlsEnabled, settings.Resources.Cpu, settings.Resources.MinReplicas, settings.Service.Type, settings.DeployTimeout));
        Assert.Equal((true, false, true), (settings.NetworkPolicy, settings.PodDisruptionBudget, settings.RollbackOnFailure));
    }

    [Fact]
    public async Task Expressions_ComposeParameters()
    {
        var builder = AppHost("--Parameters:team=ml");
        var team = builder.AddParameter("team");

        var settings = await ResolveAsync(builder, greeter => greeter
            .WithIngress(ReferenceExpression.Create($"{team}.example.com"))
            .WithObjectLabels(labels => labels["team"] = team.Resource));

        Assert.Equal(("ml.example.com", "ml"), (settings.Ingress!.Host, settings.Labels["team"]));
    }

    [Fact]
    public async Task AParameterInAList_MayHoldSeveral()
    {
        var builder = AppHost("--Parameters:offices=10.0.0.0/8, 192.168.0.0/16");
        var offices = builder.AddParameter("offices");

        var settings = await ResolveAsync(builder, greeter => greeter.WithService(s => s.LoadBalancerSourceRanges = ["203.0.113.0/24", offices.Resource]));

        Assert.Equal(["203.0.113.0/24", "10.0.0.0/8", "192.168.0.0/16"], settings.Service.LoadBalancerSourceRanges);
    }

    [Theory]
    [InlineData(nameof(SettingsUse.Deploy))]
    [InlineData(nameof(SettingsUse.Publish))]
    public async Task ParametersWithoutValue_AreReportedTogether_AndNothingElseForTheirSake(string use)
    {
        var builder = AppHost("--Parameters:empty=");
        var (host, cpu, empty) = (builder.AddParameter("host"), builder.AddParameter("cpu-count"), builder.AddParameter("empty"));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => ResolveAsync(
            builder,
            greeter => greeter
                .WithIngress(host.Resource, i => i.TlsSecretName = "greeter-tls")
                .WithResources(cpu: cpu.Resource)
                .WithService(s => s.LoadBalancerIP = ReferenceExpression.Create($"10.0.{empty}.{host}")),
            Enum.Parse<SettingsUse>(use)));

        Assert.Equal(
            """
            K8SD100: Deployer "k8s" has 4 settings that are wrong:
              greeter: Resources.Cpu is given by the parameter "cpu-count", which has no value
                → give the parameter a value: Parameters__cpu_count=… in the environment, or the Parameters section of appsettings.json
              greeter: Service.LoadBalancerIP is given by the parameter "empty", which has no value
                → give the parameter a value: Parameters__empty=… in the environment, or the Parameters section of appsettings.json
              greeter: Service.LoadBalancerIP is given by the parameter "host", which has no value
                → give the parameter a value: Parameters__host=… in the environment, or the Parameters section of appsettings.json
              greeter: Ingress.Host is given by the parameter "host", which has no value
                → give the parameter a value: Parameters__host=… in the environment, or the Parameters section of appsettings.json
              → nothing was built or applied; mend this, and try again
            """,
            failure.Message);
    }

    [Theory]
    [InlineData("two", "greeter: Resources.MinReplicas is \"two\" by the parameter \"value\", which cannot be read\n    → give it a value like 1")]
    [InlineData("1,5", "greeter: Resources.MinReplicas is \"1,5\" by the parameter \"value\", which cannot be read\n    → give it a value like 1")]
    public async Task AnUnreadableParameter_IsNamedWithItsSetting(string value, string expected)
    {
        var builder = AppHost($"--Parameters:value={value}");
        var parameter = builder.AddParameter("value");

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => ResolveAsync(builder, greeter => greeter.WithResources(minReplicas: parameter.Resource)));

        Assert.Contains(expected, failure.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecret_IsRefusedWhereItWouldBeSeen_AndNeverPrinted()
    {
        var builder = AppHost("--Parameters:token=s3cret");
        var token = builder.AddParameter("token", secret: true);

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => ResolveAsync(
            builder,
            greeter => greeter
                .WithIngress("greeter.example.com", i => i.Annotations["example.com/token"] = token.Resource)
                .WithPodSettings(p => p.SchedulerName = ReferenceExpression.Create($"a-{token}"))
                .WithArgs("--token", token)));

        Assert.StartsWith(
            """
            Deployer "k8s" has 3 settings that are wrong:
              greeter: Ingress.Annotations["example.com/token"] is given by the parameter "token", which is secret, but everybody who can see the deployment's objects could read it
            """,
            failure.Problem,
            StringComparison.Ordinal);
        Assert.Contains("greeter: Pod.SchedulerName is given by a-{token.value}, which is secret", failure.Problem, StringComparison.Ordinal);
        Assert.Contains("greeter: Args have a secret in them", failure.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheAuthKey_IsASecretParameter_OrGenerated()
    {
        var builder = AppHost("--Parameters:key=0123456789abcdef0123456789abcdef");
        var key = builder.AddParameter("key", secret: true);

        var given = await ResolveAsync(builder, greeter => greeter.WithAuthKey(key));
        var generated = await ResolveAsync(AppHost(), greeter => greeter.WithAuthKey());
        var none = await ResolveAsync(AppHost(), _ => { });

        Assert.Equal(("0123456789abcdef0123456789abcdef", AuthKey.Generated, null), (given.AuthKey?.Value, generated.AuthKey, none.AuthKey));
        Assert.Equal(["0123456789abcdef0123456789abcdef"], given.ValuesToHide);
    }

    [Fact]
    public async Task Publishing_ReadsNoAuthKey()
    {
        var builder = AppHost();
        var key = builder.AddParameter("key", secret: true);

        var settings = await ResolveAsync(builder, greeter => greeter.WithAuthKey(key), SettingsUse.Publish);

        Assert.Equal("{key.value}", settings.AuthKey?.Value);
    }

    [Fact]
    public async Task Destroying_NeedsNoParameterButTheNamespace()
    {
        var builder = AppHost("--Parameters:namespace=there");
        var (host, @namespace) = (builder.AddParameter("host"), builder.AddParameter("namespace"));

        var settings = await ResolveAsync(builder, greeter => greeter.WithIngress(host.Resource).WithNamespace(@namespace), SettingsUse.Destroy);

        Assert.Equal("there", settings.Namespace);
    }

    [Fact]
    public void Values_AreEqual_WhenTheyAreTheSame()
    {
        SettingValue<ServiceType>? type = ServiceType.NodePort;
        SettingValue<string>? nothing = (string?)null;
        var parameter = new ParameterResource("p", _ => "v");

        Assert.True(type == ServiceType.NodePort);
        Assert.True(type != ServiceType.ClusterIP);
        Assert.True(nothing is null);
        Assert.True((SettingValue<int>)parameter == parameter);
        Assert.Equal(("NodePort", "{p.value}", "0.5"), (type.ToString(), ((SettingValue<int>)parameter).ToString(), ((SettingValue<double>)0.5).ToString()));
    }

    private static IDistributedApplicationBuilder AppHost(params string[] args) => TestAppHost.Create(args);

    private static async Task<DeploymentSettings> ResolveAsync(
        IDistributedApplicationBuilder builder, Action<IResourceBuilder<ProjectResource>> deployment, SettingsUse use = SettingsUse.Deploy)
    {
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        deployment(builder.AddPipelineDeployment<GreeterProject>("greeter"));

        var resolved = await builder.ResolveAsync(use);
        return resolved.Deployments.Single().Settings;
    }
}
