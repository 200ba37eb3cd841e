using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Settings;

public class AutoscalingRulesTests
{
    private static AutoscalingSettings Keda => new() { Autoscaler = AutoscalerKind.Keda, Metric = AutoscalingMetric.Rps, Target = 10, PrometheusAddress = "http://prometheus:9090" };

    public static TheoryData<int?, int?, AutoscalingSettings, string, string> Wrong => new()
    {
        { 0, 3, new(), "Resources.MinReplicas", "0 needs an autoscaler that can scale to zero, and the horizontal pod autoscaler cannot" },
        { 0, 3, Keda with { Metric = AutoscalingMetric.Cpu }, "Resources.MinReplicas", "0 cannot be left again by Cpu: where nothing runs, nothing is used" },
        { 0, null, Keda, "Resources.MaxReplicas", "a minimum of 0 needs a maximum, or there would never be a replica" },
        { -1, 3, new(), "Resources.MinReplicas", "-1 is less than 1" },
        { 1, 3, Keda with { Target = null }, "Autoscaling.Target", "Rps needs the number that one replica shall have" },
        { 1, 3, Keda with { Target = 0 }, "Autoscaling.Target", "0 is less than 1" },
        { 1, 3, new() { Target = 0 }, "Autoscaling.Target", "0 is not a percentage (1 to 100)" },
        { 1, 3, Keda with { PrometheusAddress = null }, "Autoscaling.PrometheusAddress", "KEDA asks Prometheus for Rps and has to know where it is" },
        { 1, 3, Keda with { PrometheusAddress = "prometheus:9090" }, "Autoscaling.PrometheusAddress", "it is not an http or https address" },
        { 1, 3, Keda with { PrometheusAddress = "http://ada:hunter2@prometheus" }, "Autoscaling.PrometheusAddress", "it has a user and a password in it, which everybody could read in the ScaledObject" },
        { 1, 3, new() { Metric = (AutoscalingMetric)9 }, "Autoscaling.Metric", "9 is not a metric" },
        { 1, 3, new() { Autoscaler = (AutoscalerKind)9 }, "Autoscaling.Autoscaler", "9 is not an autoscaler" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void AWrongSetting_IsNamed(int? minimum, int? maximum, AutoscalingSettings autoscaling, string setting, string problem)
    {
        var error = Assert.Single(SettingsValidator.Validate(With(minimum, maximum, autoscaling)));

        Assert.Equal((setting, problem), (error.Setting, error.Problem));
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void Keda_MayScaleToZero() => Assert.Empty(SettingsValidator.Validate(With(0, 3, Keda)));

    [Fact]
    public void WithFixedReplicas_NoTargetIsNeeded() => Assert.Empty(SettingsValidator.Validate(With(2, 2, new AutoscalingSettings { Metric = AutoscalingMetric.Rps })));

    private static DeploymentSettings With(int? minimum, int? maximum, AutoscalingSettings autoscaling) =>
        A.Settings() with { Resources = new ResourceSettings { MinReplicas = minimum, MaxReplicas = maximum }, Autoscaling = autoscaling };
}
