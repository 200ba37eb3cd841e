using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Endpoint;

namespace AspireK8sDeployer.Engine.Tests.Endpoint;

public class RouteCandidatesTests
{
    private const string Http = """{"name":"http","protocol":"HTTP","port":80}""";
    private const string Https = """{"name":"https","protocol":"HTTPS","port":8443,"hostname":"*.example.com"}""";

    [Theory]
    [InlineData("greeter.example.com", null, "/", null, "http://greeter.example.com/", null)]
    [InlineData("greeter.example.com", null, "/", "[" + Http + "]", "http://greeter.example.com/", "203.0.113.7")]
    [InlineData("greeter.example.com", null, "/greeter", "[" + Http + "," + Https + "]", "https://greeter.example.com:8443/greeter/", "203.0.113.7")]
    [InlineData("greeter.example.com", "http", "/", "[" + Http + "," + Https + "]", "http://greeter.example.com/", "203.0.113.7")]
    [InlineData("greeter.other.org", null, "/", "[" + Http + "," + Https + "]", "http://greeter.other.org/", "203.0.113.7")]
    [InlineData(null, "https", "/", "[" + Http + "," + Https + "]", "https://greeter.example.com:8443/", "203.0.113.7")]
    [InlineData(null, "http", "/", "[" + Http + "]", "http://203.0.113.7/", null)]
    [InlineData(null, null, "/", null, null, null)]
    public void HostAndListener_MakeTheAddress(string? host, string? section, string path, string? listeners, string? url, string? address)
    {
        var route = JsonNode.Parse($$$"""
            {
              "metadata": {"name": "greeter"},
              "spec": {
                "parentRefs": [{"name": "shared"{{{(section is null ? "" : $",\"sectionName\":\"{section}\"")}}}}],
                {{{(host is null ? "" : $"\"hostnames\":[\"{host}\"],")}}}
                "rules": [{"matches": [{"path": {"type": "PathPrefix", "value": "{{{path}}}"}}]}]
              }
            }
            """)!.AsObject();
        var gateway = listeners is null ? null : JsonNode.Parse($$$"""{"spec":{"listeners":{{{listeners}}}},"status":{"addresses":[{"value":"203.0.113.7"}]}}""")!.AsObject();

        Assert.Equal(url is null ? null : new EndpointCandidate(new Uri(url), "gateway", address), RouteCandidates.Of(route, gateway).SingleOrDefault());
    }

    [Fact]
    public void ARefusedRoute_SaysWhy()
    {
        var route = JsonNode.Parse("""{"status":{"parents":[{"conditions":[{"type":"Accepted","status":"False","reason":"NotAllowedByListeners","message":"no listener"}]}]}}""")!.AsObject();

        Assert.Equal(
            "the Gateway does not accept it: NotAllowedByListeners: no listener (ROUTE_NOT_ACCEPTED): have the Gateway's listener allow routes of this namespace (allowedRoutes)",
            RouteCandidates.Refusal(route));
        Assert.Null(RouteCandidates.Refusal([]));
    }
}
