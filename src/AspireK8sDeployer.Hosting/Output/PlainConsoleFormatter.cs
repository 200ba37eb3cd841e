using Aspire.Hosting;
using AspireK8sDeployer.Engine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AspireK8sDeployer.Hosting.Output;

/// <summary>A line for each message, without category; a failure once, and without its stack trace when it explains itself.</summary>
/// <remarks>Aspire logs the failure of a step where it happens, where the pipeline ends, and where the host stops.</remarks>
internal sealed class PlainConsoleFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "aspire-k8s";

    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Exception is { } failure
            ? ExplanationOf(failure)
            : logEntry.Formatter(logEntry.State, null);
        if (logEntry.Exception is not null && !IsNew(text))
        {
            return;
        }

        textWriter.WriteLine(logEntry.LogLevel switch
        {
            LogLevel.Error or LogLevel.Critical => $"error: {text}",
            LogLevel.Warning => $"warning: {text}",
            _ => text,
        });
    }

    // Our own failures, and those that Aspire means for its user, say all there is; anything else is a bug to be traced.
    private static string ExplanationOf(Exception failure)
    {
        var chain = Chain(failure).ToList();
        return chain.OfType<DeploymentException>().FirstOrDefault()?.Message
            ?? chain.OfType<OperationCanceledException>().FirstOrDefault()?.Message
            ?? (chain[^1] is DistributedApplicationException explained ? explained.Message : chain[^1].ToString());
    }

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var current = failure; current is not null; current = current.InnerException)
        {
            yield return current;
        }
    }

    private bool IsNew(string text)
    {
        lock (_shown)
        {
            return _shown.Add(text);
        }
    }
}
