using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Settings;

public class MemoryQuantityTests
{
    [Theory]
    [InlineData("2GiB", "2Gi")]
    [InlineData("2Gi", "2Gi")]
    [InlineData("512Mi", "512Mi")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1.5GiB", "1536Mi")]
    [InlineData("2GB", "1908Mi")]
    [InlineData("4GB", "3815Mi")]
    [InlineData("2G", "1908Mi")]
    [InlineData("512MB", "489Mi")]
    [InlineData("512KB", "1Mi")]
    [InlineData("512kB", "1Mi")]
    [InlineData("1k", "1Mi")]
    [InlineData("1TiB", "1024Gi")]
    [InlineData("1PB", "953674317Mi")]
    [InlineData("1PiB", "1048576Gi")]
    [InlineData("1073741824", "1Gi")]
    [InlineData("1073741825", "1025Mi")]
    [InlineData("1e9", "954Mi")]
    [InlineData("1E", "953674316407Mi")]
    [InlineData(".5GiB", "512Mi")]
    [InlineData("4 GB", "3815Mi")]
    [InlineData("0.1B", "1Mi")]
    public void AnAmount_IsGibibytesWhenExact_ElseMebibytesRoundedUp(string text, string rendered) =>
        Assert.Equal(rendered, MemoryQuantity.Format(text));

    [Theory]
    [InlineData("")]
    [InlineData("GB")]
    [InlineData("-1GB")]
    [InlineData("2gib")]
    [InlineData("512m")]
    [InlineData("2 G B")]
    [InlineData("1,5GB")]
    [InlineData("100EiB")]
    [InlineData("99999999999999999999999999999999999")]
    [InlineData("1e999GB")]
    [InlineData("٣GB")]
    public void AnythingElse_IsNotAnAmount(string text) => Assert.False(MemoryQuantity.TryParse(text, out _));
}
