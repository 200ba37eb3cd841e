using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AspireK8sDeployer.Serving.Tests.Shared;

namespace AspireK8sDeployer.Serving.Tests.Http;

public class InfoTests
{
    [Fact]
    public async Task Info_HasZenMlsFields_InFull()
    {
        await using var pipeline = await ServedPipeline.StartAsync(
            (string name, string mark = "!") => new Greeting(name + mark),
            builder => builder.Configuration["PipelineDeployment:Name"] = "greeter-prod");
        await pipeline.InvokeAsync("""{"name":"Ada"}""");
        await pipeline.InvokeAsync("{}"); // refused, so it is no run

        var info = (await pipeline.GetAsync("/info")).Body!;

        Assert.InRange(info["uptime"]!.GetValue<double>(), 0, 600);
        Assert.True(DateTimeOffset.TryParse((string?)info["last_execution_time"], out _));
        AssertJson.Equal(
            $$$"""
            {
              "deployment": {"id": null, "name": "greeter-prod", "auth_enabled": false},
              "snapshot": {"id": null, "name": null},
              "pipeline": {
                "name": "tested",
                "parameters": {"mark": "!"},
                "input_schema": {
                  "type": "object",
                  "properties": {"name": {"type": "string"}, "mark": {"type": "string", "default": "!"}},
                  "required": ["name"],
                  "additionalProperties": false
                },
                "output_schema": {
                  "type": "object",
                  "properties": {"text": {"type": "string"}},
                  "required": ["text"],
                  "additionalProperties": false
                }
              },
              "app": {
                "app_runner_flavor": "aspnetcore", "docs_url_path": null, "redoc_url_path": null, "invoke_url_path": "/invoke",
                "health_url_path": "/health", "info_url_path": "/info", "metrics_url_path": null
              },
              "total_executions": 1,
              "last_execution_time": {{{info["last_execution_time"]!.ToJsonString()}}},
              "status": "healthy",
              "uptime": {{{info["uptime"]!.ToJsonString()}}}
            }
            """,
            info);
    }

    [Fact]
    public async Task InputSchema_SaysWhatBindingChecks()
    {
        await using var pipeline = await ServedPipeline.StartAsync((
            [Range(1, 10), Description("How many.")] int count,
            [Range(0.0, 1.0, MaximumIsExclusive = true)] double ratio,
            [StringLength(5, MinimumLength = 2)] string code,
            [RegularExpression("[a-z]+")] string? slug,
            DayOfWeek day,
            DayOfWeek? maybe,
            [MinLength(1)] List<string?> names,
            Customer customer,
            DateOnly? since = null,
            TimeSpan pause = default,
            Tree? tree = null) => 1);

        var schema = (await pipeline.GetAsync("/info")).Body!["pipeline"]!["input_schema"];

        AssertJson.Equal(
            """
            {
              "type": "object",
              "properties": {
                "count": {"type": "integer", "minimum": 1, "maximum": 10, "description": "How many."},
                "ratio": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
                "code": {"type": "string", "minLength": 2, "maxLength": 5},
                "slug": {"type": ["string", "null"], "pattern": "^(?:[a-z]+)$", "default": null},
                "day": {"enum": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]},
                "maybe": {"enum": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", null], "default": null},
                "names": {"type": "array", "items": {"type": ["string", "null"]}, "minItems": 1},
                "customer": {
                  "type": "object",
                  "properties": {
                    "email": {"type": "string", "format": "email"},
                    "age": {"type": "integer", "minimum": 0, "maximum": 150},
                    "tags": {"type": "array", "items": {"type": "string"}}
                  },
                  "required": ["email", "age"],
                  "additionalProperties": false
                },
                "since": {"type": ["string", "null"], "format": "date", "default": null},
                "pause": {"type": "string", "pattern": "^-?(\\d+\\.)?\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?$", "default": "00:00:00"},
                "tree": {
                  "type": ["object", "null"],
                  "properties": {
                    "name": {"type": "string"},
                    "children": {"type": "array", "items": {"$ref": "#/properties/tree"}}
                  },
                  "required": ["name", "children"],
                  "additionalProperties": false,
                  "default": null
                }
              },
              "required": ["count", "ratio", "code", "day", "names", "customer"],
              "additionalProperties": false
            }
            """,
            schema);
    }

    public static TheoryData<Delegate, string> OutputSchemas { get; } = new()
    {
        { () => "text", """{"type":"object","properties":{"output":{"type":"string"}},"required":["output"],"additionalProperties":false}""" },
        { string? () => null, """{"type":"object","properties":{"output":{"type":["string","null"]}},"required":["output"],"additionalProperties":false}""" },
        { Task<string?> () => Task.FromResult<string?>(null), """{"type":"object","properties":{"output":{"type":["string","null"]}},"required":["output"],"additionalProperties":false}""" },
        { () => Task.FromResult(new[] { 1 }), """{"type":"object","properties":{"output":{"type":"array","items":{"type":"integer"}}},"required":["output"],"additionalProperties":false}""" },
        { ValueTask<Greeting?> () => default, """{"type":["object","null"],"properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}""" },
        { () => new Dictionary<string, double>(), """{"type":"object","additionalProperties":{"type":"number"}}""" },
        { object () => 1, "true" },
        { () => Task.CompletedTask, """{"type":"object","additionalProperties":false}""" },
    };

    [Theory]
    [MemberData(nameof(OutputSchemas), DisableDiscoveryEnumeration = true)]
    public async Task OutputSchema_DescribesOutputs(Delegate handler, string schema)
    {
        await using var pipeline = await ServedPipeline.StartAsync(handler);

        var info = await pipeline.GetAsync("/info");

        AssertJson.Equal(schema, info.Body!["pipeline"]!["output_schema"]);
    }

    private sealed record Greeting(string Text);

    private sealed record Customer([EmailAddress] string Email, [property: Range(0, 150)] int Age)
    {
        public List<string> Tags { get; init; } = [];
    }

    private sealed record Tree(string Name, List<Tree> Children);
}
