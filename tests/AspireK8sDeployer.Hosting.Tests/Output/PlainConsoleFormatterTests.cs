using Aspire.Hosting;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Output;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.Hosting.Tests.Output;

public class PlainConsoleFormatterTests
{
    private readonly PlainConsoleFormatter _formatter = new();

    [Fact]
    public void AMessage_IsALineWithoutItsCategory() => Assert.Equal("greeter: Nothing changes.\n", Write(LogLevel.Information, "greeter: Nothing changes."));

    [Fact]
    public void AWarning_SaysThatItIsOne() => Assert.Equal("warning: be careful\n", Write(LogLevel.Warning, "be careful"));

    [Fact]
    public void AFailureThatExplainsItself_IsShownOnce_HoweverOftenItIsLogged()
    {
        var failure = new DeploymentException("K8SD401", "wait", "it did not start", "look at its log");
        var wrapped = new InvalidOperationException("Pipeline execution failed", new DistributedApplicationException(failure.Message, failure));

        var shown = Write(LogLevel.Error, "Step failed", wrapped) + Write(LogLevel.Critical, "BackgroundService failed", wrapped);

        Assert.Equal("error: K8SD401: it did not start\n  → look at its log\n", shown);
    }

    [Fact]
    public void ABug_KeepsItsStackTrace()
    {
        var bug = Assert.Throws<FormatException>(() => int.Parse("x", null));

        Assert.Equal($"error: {bug}\n", Write(LogLevel.Error, "Step failed", new InvalidOperationException("wrapped", bug)));
    }

    private string Write(LogLevel level, string message, Exception? failure = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        _formatter.Write(new LogEntry<string>(level, "Some.Category", default, message, failure, (state, _) => state), null, writer);
        return writer.ToString();
    }
}
