using AspireK8sDeployer.Engine.Endpoint;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Endpoint;

public class IngressCandidatesTests
{
    [Theory]
    [InlineData("greeter.example.com", "/", "Prefix", false, null, "http://greeter.example.com/", null)]
    [InlineData("greeter.example.com", "/", "Prefix", true, """{"ip":"203.0.113.7"}""", "https://greeter.example.com/", "203.0.113.7")]
    [InlineData("greeter.example.com", "/greeter", "Prefix", true, """{"hostname":"lb.cloud.example"}""", "https://greeter.example.com/greeter/", "lb.cloud.example")]
    [InlineData("*.example.com", "/", "Prefix", false, null, "http://greeter.example.com/", null)]
    [InlineData(null, "/greeter/", "Prefix", false, """{"ip":"203.0.113.7"}""", "http://203.0.113.7/greeter/", null)]
    [InlineData(null, "/", "Prefix", false, """{"hostname":"lb.cloud.example","ip":"203.0.113.7"}""", "http://lb.cloud.example/", "203.0.113.7")]
    [InlineData(null, "/", "Prefix", false, null, null, null)]
    [InlineData("greeter.example.com", "/greeter(/|$)(.*)", "ImplementationSpecific", false, null, "http://greeter.example.com/greeter/", null)]
    [InlineData("greeter.example.com", "/api/invoke", "Exact", false, null, "http://greeter.example.com/api/", null)]
    [InlineData("greeter.example.com", "/", "Prefix", false, """{"ip":"127.9.0.1","ports":[{"port":8080,"protocol":"TCP"},{"port":8443,"protocol":"TCP"}]}""", "http://greeter.example.com:8080/", "127.9.0.1")]
    [InlineData("greeter.example.com", "/", "Prefix", true, """{"ip":"127.9.0.1","ports":[{"port":8080,"protocol":"TCP"},{"port":8443,"protocol":"TCP"}]}""", "https://greeter.example.com:8443/", "127.9.0.1")]
    [InlineData("greeter.example.com", "/", "Prefix", true, """{"ip":"203.0.113.7","ports":[{"port":80,"protocol":"TCP"},{"port":443,"protocol":"TCP"}]}""", "https://greeter.example.com/", "203.0.113.7")]
    public void HostPathAndTls_MakeTheAddress(string? host, string path, string type, bool tls, string? status, string? url, string? address)
    {
        var ingress = new V1Ingress
        {
            Metadata = new V1ObjectMeta { Name = "greeter" },
            Spec = new V1IngressSpec
            {
                Tls = tls ? [new V1IngressTLS()] : null,
                Rules = [new V1IngressRule { Host = host, Http = new V1HTTPIngressRuleValue { Paths = [new V1HTTPIngressPath { Path = path, PathType = type }] } }],
            },
            Status = new V1IngressStatus
            {
                LoadBalancer = new V1IngressLoadBalancerStatus { Ingress = status is null ? null : [KubernetesJson.Deserialize<V1IngressLoadBalancerIngress>(status)] },
            },
        };

        var expected = url is null ? null : new EndpointCandidate(new Uri(url), "ingress", address) { CanBeAsked = type != "Exact" };
        Assert.Equal(expected, IngressCandidates.Of(ingress).SingleOrDefault());
        Assert.Equal(status is not null, IngressCandidates.HasAddress(ingress));
    }
}
