using AspireK8sDeployer.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AspireK8sDeployer.Serving.Tests.Lifecycle;

public class GracePeriodTests
{
    [Theory]
    [InlineData(null, 30)]
    [InlineData("", 30)]
    [InlineData("63", 62)]
    [InlineData("2", 1)]
    [InlineData("1", 0.5)]
    [InlineData("0", 0)]
    public async Task TheHost_HasTheGracePeriod_ShortOfItsExit(string? gracePeriod, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), await ShutdownTimeoutAsync(gracePeriod));

    [Fact]
    public async Task WhatTheApplicationSays_StaysInCharge() => Assert.Equal(
        TimeSpan.FromSeconds(5),
        await ShutdownTimeoutAsync("63", services => services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5))));

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("soon")]
    public async Task WhatIsNoNumberOfSeconds_IsRefusedAtStart(string gracePeriod)
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => ShutdownTimeoutAsync(gracePeriod));

        Assert.Equal(
            $"PipelineDeployment__GracePeriodSeconds is '{gracePeriod}', which is not a number of seconds.\n  → give a whole number, such as '30'",
            exception.Message);
    }

    private static async Task<TimeSpan> ShutdownTimeoutAsync(string? gracePeriod, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[$"{PipelineEnvironment.Section}:GracePeriodSeconds"] = gracePeriod;
        configure?.Invoke(builder.Services);
        builder.AddPipelines();
        await using var app = builder.Build();
        return app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
    }
}
