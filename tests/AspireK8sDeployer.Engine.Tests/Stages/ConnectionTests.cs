using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Tests.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Ways to a cluster that is really there.</summary>
public sealed partial class ConnectionTests(ClusterFixture cluster) : IDisposable
{
    private readonly PluginFolder _plugin = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _plugin.Dispose();

    [Fact]
    public async Task APluginsToken_IsUsed_AndThePluginRunsOnce()
    {
        await using var space = await cluster.CreateSpaceAsync();
        _plugin.Write(space.Kubeconfig, $"give {Token(space)}");
        using var engine = _plugin.Connect();

        Assert.Equal(space.Server.ToString(), engine.Server);
        Assert.Equal(0, _plugin.Runs);
        await engine.PlanAsync(space.Settings(), Cancellation);

        Assert.Equal(1, _plugin.Runs);
    }

    [Fact]
    public async Task ARefusedToken_IsGotAnewOnce()
    {
        await using var space = await cluster.CreateSpaceAsync();
        _plugin.Write(space.Kubeconfig, $"if [ $run = 1 ]; then give wrong; else give {Token(space)}; fi");
        using var engine = _plugin.Connect();

        await engine.PlanAsync(space.Settings(), Cancellation);

        Assert.Equal(2, _plugin.Runs);
    }

    [Fact]
    public async Task ATokenThatIsRefusedAgain_IsTheLast()
    {
        await using var space = await cluster.CreateSpaceAsync();
        _plugin.Write(space.Kubeconfig, "give wrong", "aws");
        using var engine = _plugin.Connect();

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.ListAsync(space.Name, "Tests", Cancellation));

        Assert.Equal(
            $"""
            K8SD211: {space.Server} does not know this user: what the plugin 'aws' gives is refused
              → run 'aws sso login', and deploy again
            """,
            failure.Message);
        Assert.Equal(2, _plugin.Runs);
    }

    [Fact]
    public async Task AProxy_IsOnTheWay_WithItsPassword()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await using var proxy = new ConnectProxy { Password = "ada:s p:ce" };
        using var engine = Connect(WithCluster(space, $"proxy-url: http://ada:s%20p%3Ace@{proxy.Address}"));

        await engine.PlanAsync(space.Settings(), Cancellation);

        Assert.All(proxy.Asked, head => Assert.StartsWith($"CONNECT {space.Server.Authority} ", head, StringComparison.Ordinal));
        Assert.NotEmpty(proxy.Asked);
    }

    [Fact]
    public async Task AProxysPassword_IsInNoMessage()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await using var proxy = new ConnectProxy { Password = "other" };
        using var engine = Connect(WithCluster(space, $"proxy-url: http://ada:hunter2@{proxy.Address}"));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.ListAsync(space.Name, "Tests", Cancellation));

        Assert.Equal("K8SD210", failure.Code);
        Assert.Contains("407", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnImpersonatedUser_HasItsOwnRights()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        const string user = "as: grace\n    as-groups: ['{group}']\n    as-uid: \"17\"\n    as-user-extra: {example.com/scopes: [one, two]}";
        using var nobody = Connect(WithUser(space, user.Replace("{group}", "developers", StringComparison.Ordinal)));
        using var somebody = Connect(WithUser(space, user.Replace("{group}", "system:masters", StringComparison.Ordinal)));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => nobody.ListAsync(space.Name, "Tests", Cancellation));

        Assert.Equal("K8SD212", failure.Code);
        Assert.Contains("User \"grace\" cannot list", failure.Problem, StringComparison.Ordinal);
        Assert.Single(await somebody.ListAsync(space.Name, "Tests", Cancellation));
    }

    [Theory]
    [InlineData("tls-server-name: kubernetes.default.svc", true)]
    [InlineData("tls-server-name: other.example", false)]
    public async Task TheServersName_IsCompared(string field, bool matches)
    {
        await using var space = await cluster.CreateSpaceAsync();
        using var engine = Connect(WithCluster(space, field));

        if (matches)
        {
            await engine.ListAsync(space.Name, "Tests", Cancellation);
            return;
        }

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.ListAsync(space.Name, "Tests", Cancellation));
        Assert.Equal(("K8SD210", "TLS"), (failure.Code, failure.Reason));
    }

    [Fact]
    public async Task AnotherAuthority_IsNotTrusted_UnlessTheKubeconfigSkipsThat()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var other = Convert.ToBase64String(Encoding.UTF8.GetBytes(Certificate(TimeSpan.FromDays(1)).ExportCertificatePem()));
        var kubeconfig = AuthorityData().Replace(space.Kubeconfig, $"certificate-authority-data: {other}");
        using var careful = Connect(kubeconfig);
        using var careless = Connect(kubeconfig.Replace("certificate-authority-data", "insecure-skip-tls-verify: true\n    certificate-authority-data", StringComparison.Ordinal));

        Assert.Equal("TLS", (await Assert.ThrowsAsync<DeploymentException>(() => careful.ListAsync(space.Name, "Tests", Cancellation))).Reason);
        await careless.ListAsync(space.Name, "Tests", Cancellation);
    }

    [Fact]
    public async Task AServerWithTokenAndAuthority_IsReached()
    {
        await using var space = await cluster.CreateSpaceAsync();
        using var engine = DeploymentEngine.Connect(new ClusterConnection { Server = space.Server.ToString(), Token = Token(space), CertificateAuthority = Authority(space) });
        using var untrusting = DeploymentEngine.Connect(new ClusterConnection { Server = space.Server.ToString(), Token = Token(space) });

        await engine.PlanAsync(space.Settings(), Cancellation);

        Assert.Equal("TLS", (await Assert.ThrowsAsync<DeploymentException>(() => untrusting.PlanAsync(space.Settings(), Cancellation))).Reason);
    }

    [Fact]
    public async Task InAPod_TheMountedTokenIsUsed_AlsoWhenItChanges()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var folder = Path.GetDirectoryName(_plugin.Kubeconfig)!;
        File.WriteAllText(Path.Combine(folder, "token"), "old\n");
        File.WriteAllText(Path.Combine(folder, "ca.crt"), Authority(space));
        var surroundings = new Surroundings
        {
            ServiceAccountFolder = folder,
            Variable = name => name switch
            {
                "KUBERNETES_SERVICE_HOST" => space.Server.Host,
                "KUBERNETES_SERVICE_PORT" => $"{space.Server.Port}",
                _ => null,
            },
        };
        using var engine = new DeploymentEngine(() => KubeconfigTransport.Open(new ClusterConnection { InCluster = true }, surroundings), new DeploymentEngineOptions());

        Assert.Equal("K8SD211", (await Assert.ThrowsAsync<DeploymentException>(() => engine.PlanAsync(space.Settings(), Cancellation))).Code);
        File.WriteAllText(Path.Combine(folder, "token"), Token(space) + "\n");
        await engine.PlanAsync(space.Settings(), Cancellation);
    }

    [Fact]
    public async Task AnExpiredToken_IsSaidToBeOne_WithTheDate()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var claims = Convert.ToBase64String("""{"exp":1767261600}"""u8).TrimEnd('=');
        using var engine = Connect(space.Kubeconfig.Replace(Token(space), $"e30.{claims}.c2lnbmF0dXJl", StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.PlanAsync(space.Settings(), Cancellation));

        Assert.Equal(("K8SD211", $"{space.Server} does not know this user: its token expired on 2026-01-01 10:00 UTC"), (failure.Code, failure.Problem));
    }

    [Fact]
    public async Task AnExpiredClientCertificate_IsSaidToBeOne_WithTheDate()
    {
        await using var space = await cluster.CreateSpaceAsync();
        using var certificate = Certificate(TimeSpan.FromDays(-1));
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(certificate.ExportCertificatePem()));
        var key = Convert.ToBase64String(Encoding.UTF8.GetBytes(certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));
        using var engine = Connect(space.Kubeconfig.Replace($"token: {Token(space)}", $"client-certificate-data: {data}\n    client-key-data: {key}", StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.PlanAsync(space.Settings(), Cancellation));

        Assert.Equal(
            ("K8SD208", $"The credentials cannot be used: the client certificate expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC"),
            (failure.Code, failure.Problem));
    }

    private static X509Certificate2 Certificate(TimeSpan left)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var end = TimeProvider.System.GetUtcNow() + left;
        return new CertificateRequest("CN=tests", key, HashAlgorithmName.SHA256).CreateSelfSigned(end.AddDays(-10), end);
    }

    private static string Token(Space space) => TokenField().Match(space.Kubeconfig).Groups[1].Value;

    private static string Authority(Space space) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(AuthorityData().Match(space.Kubeconfig).Groups[1].Value));

    private static string WithCluster(Space space, string field) =>
        space.Kubeconfig.Replace("    certificate-authority-data:", $"    {field}\n    certificate-authority-data:", StringComparison.Ordinal);

    private static string WithUser(Space space, string fields) => space.Kubeconfig.Replace("    token:", $"    {fields}\n    token:", StringComparison.Ordinal);

    private DeploymentEngine Connect(string kubeconfig)
    {
        var file = Path.Combine(Path.GetDirectoryName(_plugin.Kubeconfig)!, Guid.NewGuid().ToString("N"));
        File.WriteAllText(file, kubeconfig);
        return DeploymentEngine.Connect(new ClusterConnection { KubeconfigPath = file });
    }

    [GeneratedRegex(@"\btoken: (\S+)")]
    private static partial Regex TokenField();

    [GeneratedRegex(@"certificate-authority-data: (\S+)")]
    private static partial Regex AuthorityData();
}
