using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AspireK8sDeployer.Serving.Tests.Shared;

namespace AspireK8sDeployer.Serving.Tests.Binding;

public class ParameterTypeTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", "value: must be true or false, not a number")]
    [InlineData("\"true\"", "value: must be true or false, not a string")]
    public Task Boolean(string json, object outcome) => Outcome_Follows((bool value) => value, json, outcome);

    [Theory]
    [InlineData("255", 255)]
    [InlineData("256", "value: must be an integer between 0 and 255")]
    [InlineData("-1", "value: must be an integer between 0 and 255")]
    public Task Integer_Of8Bits(string json, object outcome) => Outcome_Follows((byte value) => value, json, outcome);

    [Theory]
    [InlineData("9223372036854775807", 9223372036854775807)]
    [InlineData("9223372036854775808", "value: must be an integer between -9223372036854775808 and 9223372036854775807")]
    public Task Integer_Of64Bits(string json, object outcome) => Outcome_Follows((long value) => value, json, outcome);

    [Theory]
    [InlineData("1e308", 1e308)]
    [InlineData("-0.5", -0.5)]
    [InlineData("1e309", "value: must be a number between -1.7976931348623157E+308 and 1.7976931348623157E+308")]
    [InlineData("-1e309", "value: must be a number between -1.7976931348623157E+308 and 1.7976931348623157E+308")]
    [InlineData("\"NaN\"", "value: must be a number between -1.7976931348623157E+308 and 1.7976931348623157E+308, not a string")]
    public Task Number_OfDoublePrecision(string json, object outcome) => Outcome_Follows((double value) => value, json, outcome);

    [Theory]
    [InlineData("1e38", 1e38f)]
    [InlineData("1e39", "value: must be a number between -3.4028235E+38 and 3.4028235E+38")]
    [InlineData("3402823500000000000000000000000000000000", "value: must be a number between -3.4028235E+38 and 3.4028235E+38")]
    public Task Number_OfSinglePrecision(string json, object outcome) => Outcome_Follows((float value) => value, json, outcome);

    [Theory]
    [InlineData("[1.5,2]", "[1.5,2]")]
    [InlineData("[1,1e309,\"x\"]", "value[1]: must be a number between -1.7976931348623157E+308 and 1.7976931348623157E+308\nvalue[2]: must be a number between -1.7976931348623157E+308 and 1.7976931348623157E+308, not a string")]
    [InlineData("[1,1e309]", "value[1]: must be a number between -1.7976931348623157E+308 and 1.7976931348623157E+308")]
    public Task Doubles(string json, string outcome) => Outcome_Follows((double[] value) => value, json, outcome);

    [Theory]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("79228162514264337593543950336", "value: must be a number between -79228162514264337593543950335 and 79228162514264337593543950335")]
    public Task Number_OfDecimalPrecision(string json, string outcome) => Outcome_Follows((decimal value) => value, json, outcome);

    [Theory]
    [InlineData("\"Green\"", "\"Green\"")]
    [InlineData("\"green\"", "\"Green\"")]
    [InlineData("\"Blue\"", "value: must be one of \"Red\", \"Green\"")]
    [InlineData("1", "value: must be one of \"Red\", \"Green\", not a number")]
    public Task Enumeration(string json, string outcome) => Outcome_Follows((Colour value) => value, json, outcome);

    [Theory]
    [InlineData("\"2026-01-31T12:30:00+01:00\"", "\"2026-01-31T12:30:00+01:00\"")]
    [InlineData("\"31.1.2026\"", "value: must be a date and time, such as \"2026-01-31T12:30:00Z\"")]
    [InlineData("1767225600", "value: must be a date and time, such as \"2026-01-31T12:30:00Z\", not a number")]
    public Task Instant(string json, string outcome) => Outcome_Follows((DateTimeOffset value) => value, json, outcome);

    [Theory]
    [InlineData("\"2026-01-31\"", "\"2026-01-31\"")]
    [InlineData("\"2026-02-30\"", "value: must be a date, such as \"2026-01-31\"")]
    public Task Date(string json, string outcome) => Outcome_Follows((DateOnly value) => value, json, outcome);

    [Theory]
    [InlineData("\"12:30:00\"", "\"12:30:00\"")]
    [InlineData("\"25:00:00\"", "value: must be a time, such as \"12:30:00\"")]
    public Task Time(string json, string outcome) => Outcome_Follows((TimeOnly value) => value, json, outcome);

    [Theory]
    [InlineData("\"01:00:00\"", "\"01:00:00\"")]
    [InlineData("\"an hour\"", "value: must be a duration, such as \"00:05:00\"")]
    public Task Duration(string json, string outcome) => Outcome_Follows((TimeSpan value) => value, json, outcome);

    [Theory]
    [InlineData("\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"")]
    [InlineData("\"6f9619ff\"", "value: must be a UUID, such as \"6f9619ff-8b86-d011-b42d-00c04fc964ff\"")]
    public Task Identifier(string json, string outcome) => Outcome_Follows((Guid value) => value, json, outcome);

    [Theory]
    [InlineData("\"x\"", "\"x\"")]
    [InlineData("\"xy\"", "value: must be a string of one character")]
    public Task Character(string json, string outcome) => Outcome_Follows((char value) => value, json, outcome);

    [Theory]
    [InlineData("\"AQI=\"", "\"AQI=\"")]
    [InlineData("\"?\"", "value: must be a string in base64")]
    [InlineData("[1,2]", "value: must be a string in base64, not an array")]
    public Task Bytes(string json, string outcome) => Outcome_Follows((byte[] value) => value, json, outcome);

    [Theory]
    [InlineData("null", "null")]
    [InlineData("3", "3")]
    [InlineData("\"3\"", "value: must be an integer between -2147483648 and 2147483647, not a string")]
    public Task NullableInteger(string json, string outcome) => Outcome_Follows((int? value) => value, json, outcome);

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[\"a\",\"b\"]", "[\"a\",\"b\"]")]
    [InlineData("[\"a\",null,3]", "value[1]: must not be null\nvalue[2]: must be a string, not a number")]
    [InlineData("[\"a\",null]", "value[1]: must not be null")]
    [InlineData("\"a\"", "value: must be an array, not a string")]
    [InlineData("{}", "value: must be an array, not an object")]
    public Task Strings(string json, string outcome) => Outcome_Follows((string[] value) => value, json, outcome);

    [Theory]
    [InlineData("[null]", "[null]")]
    public Task StringsThatMayBeNull(string json, string outcome) => Outcome_Follows((List<string?> value) => value, json, outcome);

    [Theory]
    [InlineData("""{"a":[1],"b":[]}""", """{"a":[1],"b":[]}""")]
    [InlineData("""{"a":[1,"2"],"b":3}""", "value.a[1]: must be an integer between -2147483648 and 2147483647, not a string\nvalue.b: must be an array, not a number")]
    [InlineData("""{"a":null}""", "value.a: must not be null")]
    [InlineData("""{"a":[],"a":[]}""", "value.a: is given more than once")]
    public Task Dictionary(string json, string outcome) => Outcome_Follows((Dictionary<string, int[]> value) => value, json, outcome);

    [Theory]
    [InlineData("""{"street":"Main St","zip":"1234","lines":[{"text":"a"}]}""", """{"street":"Main St","zip":"1234","floor":0,"lines":[{"text":"a"}],"note":null}""")]
    [InlineData("""{"Street":"Main St","ZIP":"1234","lines":[],"floor":3,"note":"n"}""", """{"street":"Main St","zip":"1234","floor":3,"lines":[],"note":"n"}""")]
    [InlineData("{}", "value.street: is required\nvalue.zip: is required\nvalue.lines: is required")]
    [InlineData("""{"street":null,"zip":1234,"lines":[{"text":null},{"txt":""}],"floor":"3","colour":"red"}""", "value.street: must not be null\nvalue.zip: must be a string, not a number\nvalue.lines[0].text: must not be null\nvalue.lines[1].txt: is not known\nvalue.lines[1].text: is required\nvalue.floor: must be an integer between -2147483648 and 2147483647, not a string\nvalue.colour: is not known")]
    [InlineData("""{"street":"a","zip":"b","lines":[],"street":"c"}""", "value.street: is given more than once")]
    [InlineData("[]", "value: must be an object, not an array")]
    [InlineData("\"Main St\"", "value: must be an object, not a string")]
    public Task Record(string json, string outcome) => Outcome_Follows((Address value) => value, json, outcome);

    [Theory]
    [InlineData("""{"$type":"circle","radius":1}""", """{"$type":"circle","radius":1}""")]
    [InlineData("""{"$type":"cube"}""", "value: is not valid")]
    [InlineData("""{"radius":1}""", "value: is not valid")]
    public Task DerivedTypes(string json, string outcome) => Outcome_Follows((Shape value) => value, json, outcome);

    [Theory]
    [InlineData("""{"name":"root","children":[{"name":"leaf","children":[]}]}""", """{"name":"root","children":[{"name":"leaf","children":[]}]}""")]
    [InlineData("""{"name":"root","children":[{"name":"leaf","children":[{"name":3,"children":null}]}]}""", "value.children[0].children[0].name: must be a string, not a number\nvalue.children[0].children[0].children: must not be null")]
    public Task TypeThatContainsItself(string json, string outcome) => Outcome_Follows((Node value) => value, json, outcome);

    [Theory]
    [InlineData("3", "value: is not valid")]
    public Task TypeThatRefusesAValueItself(string json, string outcome) => Outcome_Follows((Even[] value) => value, $$"""[{"number":{{json}}}]""", outcome.Replace("value", "value[0]", StringComparison.Ordinal));

    private static async Task Outcome_Follows(Delegate handler, string json, object outcome)
    {
        await using var pipeline = await ServedPipeline.StartAsync(handler);

        var answer = await pipeline.InvokeAsync($$"""{"value":{{json}}}""");

        if (outcome is string errors && errors.StartsWith("value", StringComparison.Ordinal))
        {
            Assert.Equal((422, errors), (answer.Status, answer.Errors));
            return;
        }

        var output = answer.Body!["outputs"] is { } outputs && outputs.AsObject().ContainsKey("output") ? outputs["output"] : answer.Body["outputs"];
        var expected = outcome as string ?? JsonSerializer.Serialize(outcome);
        Assert.Equal((200, expected), (answer.Status, output?.ToJsonString(Relaxed) ?? "null"));
    }

    private enum Colour
    {
        Red,
        Green,
    }

    private sealed record Line(string Text);

    private sealed record Address(string Street, string Zip, int Floor = 0)
    {
        public required List<Line> Lines { get; init; }

        public string? Note { get; init; }
    }

    private sealed record Node(string Name, List<Node> Children);

    private sealed record Even
    {
        public int Number
        {
            get;
            init => field = value % 2 == 0 ? value : throw new ArgumentException("secret detail");
        }
    }

    [JsonDerivedType(typeof(Circle), "circle")]
    private abstract record Shape;

    private sealed record Circle(double Radius) : Shape;
}
