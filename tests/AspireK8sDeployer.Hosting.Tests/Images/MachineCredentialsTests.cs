using System.Text;
using AspireK8sDeployer.Hosting.Images;

namespace AspireK8sDeployer.Hosting.Tests.Images;

public sealed class MachineCredentialsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("machine-credentials").FullName;

    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("https://example.com", "example.com")]
    [InlineData("https://index.docker.io/v1/", "docker.io")]
    public async Task AStoredLogin_IsFoundUnderTheNamesThatDockerGivesIt(string key, string registry)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:s3:cret"));
        var file = Write($$$"""{ "auths": { "{{{key}}}": { "auth": "{{{auth}}}" } } }""");

        Assert.Equal(new ImageCredentials("ada", "s3:cret"), await ForAsync(registry, file));
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("[]")]
    [InlineData("""{ "auths": { "example.com": { "auth": "no base64" } } }""")]
    [InlineData("""{ "credHelpers": { "example.com": "nowhere" } }""")]
    public async Task AFileThatIsOfNoUse_IsPassedOver(string content)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:s3cret"));
        var useful = Write($$$"""{ "auths": { "example.com": { "auth": "{{{auth}}}" } } }""");

        Assert.Equal(new ImageCredentials("ada", "s3cret"), await ForAsync("example.com", Write(content), useful));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static Task<ImageCredentials?> ForAsync(string registry, params string[] files) =>
        MachineCredentials.ForAsync(registry, files, TestContext.Current.CancellationToken);

    private string Write(string content)
    {
        var file = Path.Combine(_directory, Path.GetRandomFileName());
        File.WriteAllText(file, content);
        return file;
    }
}
