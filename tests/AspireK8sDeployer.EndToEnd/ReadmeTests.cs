using AspireK8sDeployer.EndToEnd.Support;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>The examples of the README are the programs of the playground, which are built and deployed by the other tests.</summary>
public class ReadmeTests
{
    [Theory]
    [InlineData("playground/Greeter.Pipeline/Program.cs")]
    [InlineData("playground/Greeter.AppHost/Program.cs")]
    public async Task Example_IsTheProgramOfThePlayground(string path)
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        var program = await File.ReadAllTextAsync(Path.Combine(Repository.Root, path), TestContext.Current.CancellationToken);

        Assert.Contains($"```csharp\n{program}```\n", readme, StringComparison.Ordinal);
    }
}
