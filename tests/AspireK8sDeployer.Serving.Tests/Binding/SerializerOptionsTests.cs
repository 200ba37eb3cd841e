using System.Text.Json;
using System.Text.Json.Serialization;
using AspireK8sDeployer.Serving.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AspireK8sDeployer.Serving.Tests.Binding;

public class SerializerOptionsTests
{
    private static readonly Delegate Plan = (DayOfWeek firstDay, Trip longTrip) => new { longTrip.DayCount, firstDay };

    [Fact]
    public async Task NamingOfTheApplication_HoldsForParametersAndOutputs()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Plan, builder => builder.Services.ConfigureHttpJsonOptions(
            options => options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower));

        var answer = await pipeline.InvokeAsync("""{"first_day":"Monday","long_trip":{"day_count":3}}""");

        Assert.Equal(
            ("""{"day_count":3,"first_day":"Monday"}""", """{"first_day":"Monday","long_trip":{"day_count":3}}"""),
            (answer.Outputs, answer.ParametersUsed));
    }

    [Fact]
    public async Task EnumConverterOfTheApplication_Stands()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Plan, builder => builder.Services.ConfigureHttpJsonOptions(
            options => options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseUpper))));

        var answer = await pipeline.InvokeAsync("""{"firstDay":"MONDAY","longTrip":{"dayCount":3}}""");

        Assert.Equal("""{"dayCount":3,"firstDay":"MONDAY"}""", answer.Outputs);
    }

    [Fact]
    public async Task StrictnessIsADefault_ThatPipelineOptionsChange()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Plan, builder => builder.AddPipelines(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.AllowReadingFromString;
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
            options.SerializerOptions.PropertyNameCaseInsensitive = false;
        }));

        var taken = await pipeline.InvokeAsync("""{"firstDay":"Monday","longTrip":{"dayCount":"3","why":null}}""");
        var refused = await pipeline.InvokeAsync("""{"FirstDay":"Monday","longTrip":{"dayCount":3}}""");

        Assert.Equal("""{"dayCount":3,"firstDay":"Monday"}""", taken.Outputs);
        Assert.Equal("FirstDay: is not a parameter of this pipeline, which has firstDay, longTrip\nfirstDay: is required", refused.Errors);
    }

    private sealed record Trip(int DayCount);
}
