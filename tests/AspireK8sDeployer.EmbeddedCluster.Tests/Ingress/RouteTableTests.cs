using AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Ingress;

public class RouteTableTests
{
    [Theory]
    [InlineData("/foo", true)]
    [InlineData("/foo/", false)]
    [InlineData("/foo/bar", false)]
    [InlineData("/FOO", false)]
    [InlineData("/foobar", false)]
    public void ExactPath_TakesItselfOnly(string path, bool taken) => Assert.Equal(taken ? "web" : null, Find([Ingress("a", Rule("h", ("/foo", "Exact", "web")))], "h", path));

    [Theory]
    [InlineData("/", "/", true)]
    [InlineData("/", "/any/thing", true)]
    [InlineData("/foo", "/foo", true)]
    [InlineData("/foo", "/foo/", true)]
    [InlineData("/foo", "/foo/bar", true)]
    [InlineData("/foo", "/foobar", false)]
    [InlineData("/foo", "/Foo", false)]
    [InlineData("/foo/", "/foo", true)]
    [InlineData("/foo/", "/foo/bar", true)]
    [InlineData("/foo/", "/foobar", false)]
    [InlineData("/aaa/bb", "/aaa/bbb", false)]
    [InlineData("/aaa/bbb", "/aaa/bbb/ccc", true)]
    public void PrefixPath_TakesWholeElements(string prefix, string path, bool taken)
    {
        foreach (var type in (string[])["Prefix", "ImplementationSpecific"])
        {
            Assert.Equal(taken ? "web" : null, Find([Ingress("a", Rule("h", (prefix, type, "web")))], "h", path));
        }
    }

    [Theory]
    [InlineData("/", "root")]
    [InlineData("/api", "exact")]
    [InlineData("/api/", "api")]
    [InlineData("/api/v1", "v1")]
    [InlineData("/api/v10", "api")]
    public void OfSeveralPaths_TheLongestWins_AndAtEqualLengthTheExactOne(string path, string service)
    {
        var ingress = Ingress("a", Rule("h", ("/", "Prefix", "root"), ("/api", "Prefix", "api"), ("/api", "Exact", "exact"), ("/api/v1", "Prefix", "v1")));

        Assert.Equal(service, Find([ingress], "h", path));
    }

    [Theory]
    [InlineData("www.example.com", "exact")]
    [InlineData("WWW.Example.com.", "exact")]
    [InlineData("api.example.com", "wildcard")]
    [InlineData("a.b.example.com", "any")]
    [InlineData("example.com", "any")]
    [InlineData("127.1.2.3", "any")]
    [InlineData("", "any")]
    public void TheMostSpecificHost_Decides(string host, string service)
    {
        var ingress = Ingress("a", Rule(null, ("/", "Prefix", "any")), Rule("*.example.com", ("/", "Prefix", "wildcard")), Rule("www.example.com", ("/", "Prefix", "exact")));

        Assert.Equal(service, Find([ingress], host, "/x"));
    }

    [Fact]
    public void PathThatTheHostDoesNotHave_IsNotLookedForInRulesWithoutHost()
    {
        var ingress = Ingress("a", Rule(null, ("/", "Prefix", "any")), Rule("h", ("/only", "Prefix", "only")));

        Assert.Null(Find([ingress], "h", "/other"));
    }

    [Fact]
    public void SamePathTwice_GoesToTheOlderIngress()
    {
        var younger = Ingress("a", Rule("h", ("/", "Prefix", "younger")));
        younger.Metadata.CreationTimestamp = new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc);
        var older = Ingress("b", Rule("h", ("/", "Prefix", "older")));

        Assert.Equal("older", Find([younger, older], "h", "/"));
    }

    [Fact]
    public void TwoIngressesOfOneHost_ShareItsPaths()
    {
        var one = Ingress("a", Rule("h", ("/one", "Prefix", "one")));
        var two = Ingress("b", Rule("h", ("/two", "Prefix", "two")));

        Assert.Equal(("one", "two", null), (Find([one, two], "h", "/one/x"), Find([one, two], "h", "/two"), Find([one, two], "h", "/")));
    }

    [Fact]
    public void DefaultBackendBesideRules_TakesTheRestOfTheirHostsOnly()
    {
        var ingress = Ingress("a", Rule("h", ("/only", "Exact", "only")));
        ingress.Spec.DefaultBackend = Backend("rest");

        Assert.Equal(("only", "rest", null), (Find([ingress], "h", "/only"), Find([ingress], "h", "/other"), Find([ingress], "other", "/")));
    }

    [Fact]
    public void DefaultBackendWithoutRules_TakesWhatNobodyElseTakes()
    {
        var ingress = Ingress("a", Rule("h", ("/only", "Prefix", "only")));
        var rest = Ingress("b");
        rest.Spec.DefaultBackend = Backend("rest");

        Assert.Equal(("only", "rest", "rest"), (Find([ingress, rest], "h", "/only"), Find([ingress, rest], "h", "/other"), Find([ingress, rest], "other", "/")));
    }

    [Theory]
    [InlineData("/shop/cart/7", "/cart/7")]
    [InlineData("/SHOP", "/")]
    public void RewriteTarget_NamesGroupsOfThePath(string path, string rewritten)
    {
        var ingress = Ingress("a", Rule("h", ("/shop(/|$)(.*)", "ImplementationSpecific", "shop")));
        ingress.Metadata.Annotations = new Dictionary<string, string> { ["nginx.ingress.kubernetes.io/rewrite-target"] = "/$2" };

        var route = Table([ingress]).Find("h", path);

        Assert.Equal(rewritten, route?.Path.Rewrite(path));
    }

    [Fact]
    public void PathThatIsNoPattern_IsAProblemAndTakesNothing()
    {
        var ingress = Ingress("a", Rule("h", ("/shop(", "ImplementationSpecific", "shop"), ("/ok", "Prefix", "ok")));
        ingress.Metadata.Annotations = new Dictionary<string, string> { ["nginx.ingress.kubernetes.io/use-regex"] = "true" };
        var problems = new List<string>();

        var table = RouteTable.Of([IngressReader.Read(ingress, problems)]);

        Assert.StartsWith("path /shop( is no regular expression", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Equal("ok", table.Find("h", "/ok")?.Backend?.Service.Name);
    }

    [Theory]
    [InlineData("ssl-redirect", "h", true)]
    [InlineData("ssl-redirect", "other", false)]
    [InlineData("force-ssl-redirect", "other", true)]
    [InlineData("unknown", "h", false)]
    public void RedirectToHttps_IsOnlyDoneWhenAskedFor(string annotation, string host, bool redirects)
    {
        var ingress = Ingress("a", Rule("h", ("/", "Prefix", "web")), Rule("other", ("/", "Prefix", "web")));
        ingress.Spec.Tls = [new V1IngressTLS { Hosts = ["h"], SecretName = "tls" }];
        ingress.Metadata.Annotations = new Dictionary<string, string> { [$"nginx.ingress.kubernetes.io/{annotation}"] = "true" };

        Assert.Equal(redirects, Table([ingress]).Find(host, "/")?.RedirectsToHttps);
    }

    private static string? Find(V1Ingress[] ingresses, string host, string path) => Table(ingresses).Find(host, path)?.Backend?.Service.Name;

    private static RouteTable Table(V1Ingress[] ingresses) => RouteTable.Of(ingresses.Select(ingress => IngressReader.Read(ingress, [])));

    private static V1Ingress Ingress(string name, params V1IngressRule[] rules) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "ns", CreationTimestamp = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) },
        Spec = new V1IngressSpec { Rules = rules },
    };

    private static V1IngressRule Rule(string? host, params (string Path, string Type, string Service)[] paths) => new()
    {
        Host = host,
        Http = new V1HTTPIngressRuleValue
        {
            Paths = [.. paths.Select(path => new V1HTTPIngressPath { Path = path.Path, PathType = path.Type, Backend = Backend(path.Service) })],
        },
    };

    private static V1IngressBackend Backend(string service) =>
        new() { Service = new V1IngressServiceBackend { Name = service, Port = new V1ServiceBackendPort { Number = 80 } } };
}
