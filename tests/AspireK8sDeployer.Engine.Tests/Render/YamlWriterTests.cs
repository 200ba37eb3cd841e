using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;
using YamlDotNet.Serialization;

namespace AspireK8sDeployer.Engine.Tests.Render;

public class YamlWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("No", "\"No\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("8080", "\"8080\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("500m", "\"500m\"")]
    [InlineData("", "\"\"")]
    [InlineData("- x", "\"- x\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a #b", "\"a #b\"")]
    [InlineData("two\nlines", "\"two\\nlines\"")]
    [InlineData("quote\"d", "\"quote\\\"d\"")]
    [InlineData("größe", "\"größe\"")]
    [InlineData("2001:db8::1", "\"2001:db8::1\"")]
    [InlineData("apps/v1", "apps/v1")]
    [InlineData("registry.example.com/a:b", "registry.example.com/a:b")]
    public void Strings_AreQuotedWhereTheyCouldBeReadOtherwise(string text, string written)
    {
        var yaml = YamlWriter.Write(new JsonObject { ["value"] = text });

        Assert.Equal($"value: {written}\n", yaml);
        Assert.Equal(text, new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<Dictionary<string, object>>(yaml)["value"]);
    }

    [Fact]
    public void Nesting_IsBlockStyle()
    {
        var body = JsonNode.Parse("""{"a":{"b":[{"c":1,"d":{"e":true}},{"f":[]}],"g":["h","i"]},"j":{},"k":null}""")!.AsObject();

        Assert.Equal(
            """
            a:
              b:
              - c: 1
                d:
                  e: true
              - f: []
              g:
              - h
              - i
            j: {}
            k: null

            """,
            YamlWriter.Write(body));
    }
}
