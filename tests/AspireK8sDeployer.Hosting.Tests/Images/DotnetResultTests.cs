using AspireK8sDeployer.Hosting.Images;

namespace AspireK8sDeployer.Hosting.Tests.Images;

public class DotnetResultTests
{
    [Fact]
    public void AFailedBuild_IsExplainedByTheCompilersErrorsAlone()
    {
        var result = new DotnetResult(
            1,
            "  Determining projects to restore...\n  All projects are up-to-date for restore.\n",
            "/src/Program.cs(1,86): error CS1002: ; expected [/src/app.csproj]\n/src/Program.cs(1,86): error CS1002: ; expected [/src/app.csproj]\n"
            + "/src/app.csproj : error NU1101: Unable to find package Nope\n");

        Assert.Equal(
            "\n    /src/Program.cs(1,86): error CS1002: ; expected\n    /src/app.csproj : error NU1101: Unable to find package Nope",
            result.Explanation());
    }

    [Fact]
    public void AFailureWithoutErrors_IsExplainedByTheEndOfTheOutput()
    {
        var result = new DotnetResult(1, string.Join('\n', Enumerable.Range(1, 20).Select(line => $"line {line}")), "");

        Assert.Equal(string.Concat(Enumerable.Range(6, 15).Select(line => $"\n    line {line}")), result.Explanation());
    }

    [Fact]
    public void ManyErrors_AreCounted()
    {
        var errors = string.Join('\n', Enumerable.Range(1, 12).Select(line => $"a.cs({line},1): error CS0001: wrong"));

        Assert.EndsWith("\n    … and 2 more", new DotnetResult(1, "", errors).Explanation(), StringComparison.Ordinal);
    }
}
