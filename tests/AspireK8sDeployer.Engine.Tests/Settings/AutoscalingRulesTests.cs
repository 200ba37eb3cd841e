using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Settings;

public class AutoscalingRulesTests
{
    private static AutoscalingSettings Keda => new() { Autoscaler = AutoscalerKind.Keda, Metric = AutoscalingMetric.Rps, Target = 10, PrometheusAddress = "http://prometheus:9090" };

    [Fact]
    public void Keda_MayScaleToZero() => Assert.Empty(SettingsValidator.Validate(With(0, 3, Keda)));

    [Fact]
    public void WithFixedReplicas_NoTargetIsNeeded() => Assert.Empty(SettingsValidator.Validate(With(2, 2, new AutoscalingSettings { Metric = AutoscalingMetric.Rps })));

    private static DeploymentSettings With(int? minimum, int? maximum, AutoscalingSettings autoscaling) =>
        A.Settings() with { Resources = new ResourceSettings { MinReplicas = minimum, MaxReplicas = maximum }, Autoscaling = autoscaling };
}
