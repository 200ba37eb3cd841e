using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Steps;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public class ExampleInvocationTests
{
    [Fact]
    public void RequiredParameters_GetAValueOfTheirType()
    {
        var schema = JsonDocument.Parse(
            """
            {
              "type": "object",
              "properties": {
                "name": { "type": "string" },
                "times": { "type": "integer", "minimum": 2 },
                "loud": { "type": ["boolean", "null"] },
                "style": { "enum": ["plain", "fancy"] },
                "optional": { "type": "string", "default": "x" }
              },
              "required": ["name", "times", "loud", "style"]
            }
            """).RootElement;

        Assert.Equal("""{"name":"Ada","times":2,"loud":true,"style":"plain"}""", ExampleInvocation.ParametersOf(schema).ToJsonString());
    }

    [Fact]
    public void TheLine_IsSafeInAShell()
    {
        var line = ExampleInvocation.Curl(new Uri("http://127.3.200.1:8000/"), new JsonObject { ["name"] = "D'Artagnan" });

        Assert.Equal(
            """curl -X POST http://127.3.200.1:8000/invoke -H 'content-type: application/json' -d '{"parameters":{"name":"D'\''Artagnan"}}'""",
            line);
    }

    [Theory]
    [InlineData("127.3.200.1", "--resolve greeter.example.com:8080:127.3.200.1")]
    [InlineData("2001:db8::7", "--resolve greeter.example.com:8080:[2001:db8::7]")]
    [InlineData("lb.cloud.example", "--connect-to greeter.example.com:8080:lb.cloud.example:8080")]
    public void AHostThatDnsDoesNotKnow_IsReachedAtItsAddress(string address, string option)
    {
        var endpoint = new PipelineEndpoint(new Uri("http://greeter.example.com:8080/greeter/"), "ingress", Verified: true) { Address = address };

        Assert.Equal(
            $$$"""curl {{{option}}} -X POST http://greeter.example.com:8080/greeter/invoke -H 'content-type: application/json' -d '{"parameters":{}}'""",
            ExampleInvocation.Curl(endpoint, []));
    }

    [Fact]
    public void ACertificateThatIsNotTrusted_IsNotChecked()
    {
        var endpoint = new PipelineEndpoint(new Uri("https://greeter.example.com/"), "ingress", Verified: false) { Address = "10.0.0.7", CertificateProblem = "UntrustedRoot" };

        Assert.Equal(
            """curl --insecure --resolve greeter.example.com:443:10.0.0.7 -X POST https://greeter.example.com/invoke -H 'content-type: application/json' -d '{"parameters":{}}'""",
            ExampleInvocation.Curl(endpoint, []));
    }

    [Fact]
    public void AKey_IsReadByTheLine_AndNotInIt()
    {
        var settings = new DeploymentSettings { Name = "greeter", Namespace = "demo", Application = "Tests", Image = "greeter" };
        var key = CallerKey.Of(settings, "kubectl --context prod", "hunter2");

        Assert.Equal(
            "curl -X POST http://localhost:8000/invoke -H \"Authorization: Bearer $(kubectl --context prod --namespace demo get secret greeter-auth -o jsonpath='{.data.keys}' | base64 -d | head -n 1)\" -H 'content-type: application/json' -d '{\"parameters\":{}}'",
            ExampleInvocation.Curl(new Uri("http://localhost:8000"), [], key));
        Assert.DoesNotContain("hunter2", key.ToString(), StringComparison.Ordinal);
    }
}
