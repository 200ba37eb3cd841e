using System.Net;
using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using k8s.Models;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Ingress;

public sealed class IngressTlsTests(IngressCluster ingress) : IClassFixture<IngressCluster>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_IsServedWithTheCertificateOfItsSecret()
    {
        var space = await ingress.CreateSpaceAsync();
        await using var web = await BackendServer.StartAsync(
            ingress.NextAddress(), http => http.Response.WriteAsync($"{http.Request.Headers["X-Forwarded-Proto"]} {http.Request.Host}", Ct));
        space.Serve("web", web.Address);
        var host = $"{space.Name}.example.com";
        using var authority = new TestAuthority();
        space.Api.Create(Secret(space, "web-tls", authority.Issue(host)), "test");
        await space.PublishAsync("web", host, "web", change: made => made.Spec.Tls = [new V1IngressTLS { Hosts = [host], SecretName = "web-tls" }]);

        // Nothing is let through: the chain and the name have to be right.
        using var client = ingress.Client(authority.Trust());
        client.DefaultRequestVersion = HttpVersion.Version20;
        using var answer = await client.GetAsync($"https://{host}/", Ct);

        Assert.Equal((HttpVersion.Version20, $"https {host}"), (answer.Version, await answer.Content.ReadAsStringAsync(Ct)));
    }

    [Fact]
    public async Task ReplacedSecret_IsShownToNewConnections()
    {
        var space = await ingress.CreateSpaceAsync();
        var host = $"{space.Name}.example.com";
        using var authority = new TestAuthority();
        var secret = space.Api.Create(Secret(space, "web-tls", authority.Issue(host, "CN=first")), "test");
        await space.PublishAsync("web", host, "web", change: made => made.Spec.Tls = [new V1IngressTLS { Hosts = [host], SecretName = "web-tls" }]);
        var before = await SubjectAsync(host);

        secret.Data = Secret(space, "web-tls", authority.Issue(host, "CN=second")).Data;
        space.Api.Update(secret, "test");
        var after = await IngressSpace.UntilAsync(() => SubjectAsync(host), "CN=second");

        Assert.Equal(("CN=first", "CN=second"), (before, after));
    }

    [Fact]
    public async Task SecretThatComesLater_ReplacesTheClustersOwnCertificate()
    {
        var space = await ingress.CreateSpaceAsync();
        var host = $"{space.Name}.example.com";
        using var authority = new TestAuthority();
        await space.PublishAsync("web", host, "web", change: made => made.Spec.Tls = [new V1IngressTLS { Hosts = [host], SecretName = "web-tls" }]);
        var before = await SubjectAsync(host);

        space.Api.Create(Secret(space, "web-tls", authority.Issue(host, "CN=late")), "test");
        var after = await IngressSpace.UntilAsync(() => SubjectAsync(host), "CN=late");

        Assert.Equal(("CN=aspire-k8s embedded ingress, O=not to be trusted", "CN=late"), (before, after));
        Assert.Contains($"Warning NotServed: secret {space.Name}/web-tls with the certificate does not exist; the cluster's own certificate is used", space.EventsOf("web"));
    }

    [Fact]
    public async Task WithoutHosts_TheCertificateSaysWhichHostsItIsFor()
    {
        var space = await ingress.CreateSpaceAsync();
        using var authority = new TestAuthority();
        space.Api.Create(Secret(space, "web-tls", authority.Issue($"*.{space.Name}.example.com", "CN=wildcard")), "test");
        await space.PublishAsync("web", $"a.{space.Name}.example.com", "web", change: made => made.Spec.Tls = [new V1IngressTLS { SecretName = "web-tls" }]);

        Assert.Equal(
            ("CN=wildcard", "CN=aspire-k8s embedded ingress, O=not to be trusted"),
            (await SubjectAsync($"a.{space.Name}.example.com"), await SubjectAsync($"a.b.{space.Name}.example.com")));
    }

    [Fact]
    public async Task SecretWithoutAKey_IsAnEvent_AndNoReasonToStop()
    {
        var space = await ingress.CreateSpaceAsync();
        var host = $"{space.Name}.example.com";
        var broken = Secret(space, "web-tls", ("no certificate", "no key"));
        space.Api.Create(broken, "test");

        await space.PublishAsync("web", host, "web", change: made => made.Spec.Tls = [new V1IngressTLS { Hosts = [host], SecretName = "web-tls" }]);

        Assert.Equal("CN=aspire-k8s embedded ingress, O=not to be trusted", await SubjectAsync(host));
        Assert.Contains(space.EventsOf("web"), e => e.StartsWith($"Warning NotServed: secret {space.Name}/web-tls has no certificate with its key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RedirectThatIsAskedFor_LeadsToHttps()
    {
        var space = await ingress.CreateSpaceAsync();
        var host = $"{space.Name}.example.com";
        await space.PublishAsync("web", host, "web", change: made =>
            made.Metadata.Annotations = new Dictionary<string, string> { ["nginx.ingress.kubernetes.io/force-ssl-redirect"] = "true" });
        using var client = ingress.Client();

        using var answer = await client.GetAsync($"http://{host}/a%20b?x=1", Ct);

        var port = ingress.Cluster.IngressHttps!.Port == 443 ? "" : $":{ingress.Cluster.IngressHttps.Port}";
        Assert.Equal((HttpStatusCode.PermanentRedirect, $"https://{host}{port}/a%20b?x=1"), (answer.StatusCode, answer.Headers.Location?.AbsoluteUri));
    }

    private async Task<string> SubjectAsync(string host)
    {
        var subject = "";
        using var client = ingress.Client(seen: certificate => subject = certificate.Subject);
        using var answer = await client.GetAsync($"https://{host}/", Ct);
        return subject;
    }

    private static V1Secret Secret(TestSpace space, string name, (string Certificate, string Key) pair) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = space.Name },
        Type = "kubernetes.io/tls",
        Data = new Dictionary<string, byte[]> { ["tls.crt"] = Encoding.UTF8.GetBytes(pair.Certificate), ["tls.key"] = Encoding.UTF8.GetBytes(pair.Key) },
    };
}
