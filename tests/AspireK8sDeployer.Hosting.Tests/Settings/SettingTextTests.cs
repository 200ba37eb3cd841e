using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

public class SettingTextTests
{
    [Theory]
    [InlineData("00:10:00", 600)]
    [InlineData("1.00:00:00", 86400)]
    [InlineData("600s", 600)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData(" 1d ", 86400)]
    public void Durations_AreReadAsDotNetAndKubernetesWriteThem(string text, double seconds)
    {
        Assert.True(SettingText.TryParse<TimeSpan>(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("600")]
    [InlineData("")]
    [InlineData("m10")]
    [InlineData("10 minutes")]
    [InlineData("30s10m")]
    public void ADurationWithoutUnit_CannotBeRead(string text) => Assert.False(SettingText.TryParse<TimeSpan>(text, out _));

    [Theory]
    [InlineData("nodeport", true)]
    [InlineData("1", false)]
    [InlineData("NodePort, ClusterIP", false)]
    [InlineData("", false)]
    public void Choices_AreReadByName(string text, bool isRead) => Assert.Equal(isRead, SettingText.TryParse<ServiceType>(text, out _));

    [Fact]
    public void Numbers_AreReadInTheInvariantCulture()
    {
        Assert.True(SettingText.TryParse<double>("0.5", out var number));
        Assert.Equal(0.5, number);
        Assert.False(SettingText.TryParse<double>("0,5", out _));
        Assert.False(SettingText.TryParse<int>("1.000", out _));
    }

    [Fact]
    public void NoText_IsNoValue() => Assert.False(SettingText.TryParse<int>(null, out _));
}
