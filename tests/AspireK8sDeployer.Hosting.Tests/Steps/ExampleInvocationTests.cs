using System.Text.Json;
using System.Text.Json.Nodes;
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
}
