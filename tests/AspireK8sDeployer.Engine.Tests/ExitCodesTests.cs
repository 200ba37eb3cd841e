namespace AspireK8sDeployer.Engine.Tests;

public class ExitCodesTests
{
    [Theory]
    [InlineData("K8SD101", null, 9)]
    [InlineData("K8SD210", "SERVER_DOWN", 1)]
    [InlineData("K8SD211", "UNAUTHENTICATED", 7)]
    [InlineData("K8SD230", "FORBIDDEN", 7)]
    [InlineData("K8SD220", "NOT_OURS", 4)]
    [InlineData("K8SD222", "CONFLICT", 5)]
    [InlineData("K8SD227", "PRUNE_LIMIT", 4)]
    [InlineData("K8SD229", "IMMUTABLE", 4)]
    [InlineData("K8SD301", null, 1)]
    [InlineData("K8SD307", "CHANGED_SINCE_REVIEW", 6)]
    [InlineData("K8SD401", "IMAGE_NOT_FOUND", 3)]
    [InlineData("K8SD402", null, 8)]
    [InlineData("K8SD402", "UNSCHEDULABLE", 3)]
    [InlineData("K8SD999", null, 1)]
    public void ACode_HasAClass(string code, string? reason, int exitCode) =>
        Assert.Equal(exitCode, new DeploymentException(code, "x", "problem", "fix") { Reason = reason }.ExitCode);
}
