using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Containers;

public class VariableExpansionTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["HOST"] = "db", ["EMPTY"] = "" };

    [Theory]
    [InlineData("tcp://$(HOST):1", "tcp://db:1")]
    [InlineData("$(EMPTY)", "")]
    [InlineData("$(MISSING)", "$(MISSING)")]
    [InlineData("$$(HOST)", "$(HOST)")]
    [InlineData("$$$(HOST)", "$db")]
    [InlineData("$HOST costs 5$", "$HOST costs 5$")]
    [InlineData("$(HOST", "$(HOST")]
    public void References_AreReplacedAsTheKubeletDoes(string text, string expected) =>
        Assert.Equal(expected, VariableExpansion.Expand(text, Variables));
}
