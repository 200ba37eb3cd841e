using AspireK8sDeployer.Serving.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.Serving.Tests.Binding;

public class MappingTests
{
    private delegate int ByReference(ref int value);

    public static TheoryData<Delegate, string> Misfits { get; } = new()
    {
        {
            (IFormatter formatter) => 1,
            "has a parameter 'formatter' of type AspireK8sDeployer.Serving.Tests.Binding.MappingTests+IFormatter, which is neither a registered "
            + "service nor a type that JSON can be read into.\n  → register the service before builder.Build(), or take a record"
        },
        {
            (Func<int> callback) => 1,
            "has a parameter 'callback' of type System.Func`1[System.Int32], which is neither a registered "
            + "service nor a type that JSON can be read into.\n  → register the service before builder.Build(), or take a record"
        },
        {
            (HttpContext context) => 1,
            "has a parameter 'context' of type Microsoft.AspNetCore.Http.HttpContext, which is not there: a pipeline does not know how it was "
            + "called.\n  → take what it needs as parameters"
        },
        {
            new ByReference((ref int value) => value),
            "has a parameter 'value' of type System.Int32&, which cannot come from JSON.\n  → take it by value"
        },
        { (int value, int VALUE) => 1, "has two parameters named 'value'.\n  → rename one" },
        { () => (1, 2), "returns a tuple, whose names are not in JSON.\n  → return a record" },
        {
            () => Results.Ok(),
            "returns Microsoft.AspNetCore.Http.IResult, an HTTP answer.\n  → return the value itself; a run fails by an exception"
        },
        {
            () => AsyncEnumerable.Empty<int>(),
            "returns System.Collections.Generic.IAsyncEnumerable`1[System.Int32], which is not one result.\n"
            + "  → collect it with ToListAsync() and return the list"
        },
    };

    [Theory]
    [MemberData(nameof(Misfits), DisableDiscoveryEnumeration = true)]
    public async Task HandlerThatCannotBeAPipeline_IsRefusedWithAReason(Delegate handler, string message)
    {
        var exception = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => ServedPipeline.StartAsync(handler));

        Assert.Equal($"Pipeline 'tested' {message}", exception.Message);
    }

    [Fact]
    public void WithoutAddPipelines_TheMessageNamesIt()
    {
        var app = WebApplication.CreateSlimBuilder().Build();

        var exception = Assert.Throws<InvalidOperationException>(() => app.MapPipeline("greeter", () => 1));

        Assert.Equal(
            "Pipeline 'greeter' cannot be mapped: what it needs is not registered.\n  → call builder.AddPipelines() before builder.Build()",
            exception.Message);
    }

    [Fact]
    public void SecondPipeline_IsRefused()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddPipelines();
        var app = builder.Build();
        app.MapPipeline("first", () => 1);

        var exception = Assert.ThrowsAny<InvalidOperationException>(() => app.MapPipeline("second", () => 1));

        Assert.Equal(
            "Pipeline 'second' is the second one of this application, after 'first'.\n  → serve each pipeline from a project of its own",
            exception.Message);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("-a")]
    [InlineData("a b")]
    public void NameThatCannotBePartOfAnAddress_IsRefused(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddPipelines();
        var app = builder.Build();

        Assert.ThrowsAny<InvalidOperationException>(() => app.MapPipeline(name, () => 1));
    }

    [Fact]
    public async Task MethodsOfEveryKind_CanBePipelines()
    {
        var instance = new Greeter("Hi");
        await using var ofInstance = await ServedPipeline.StartAsync(instance.Greet);
        await using var ofExtension = await ServedPipeline.StartAsync("Hey".Shout);

        Assert.Equal("""{"output":"Hi, Ada"}""", (await ofInstance.InvokeAsync("""{"name":"Ada"}""")).Outputs);
        Assert.Equal("""{"output":"Hey!!"}""", (await ofExtension.InvokeAsync("""{"times":2}""")).Outputs);
    }

    private interface IFormatter;

    private sealed class Greeter(string salutation)
    {
        public string Greet(string name) => $"{salutation}, {name}";
    }
}

internal static class Shouting
{
    public static string Shout(this string text, int times) => text + new string('!', times);
}
