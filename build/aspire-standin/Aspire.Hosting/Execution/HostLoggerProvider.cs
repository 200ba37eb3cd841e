using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>What the host itself, and services outside any step, have to say: one line each, on standard error from warnings on.</summary>
internal sealed class HostLoggerProvider : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new HostLogger();

    public void Dispose()
    {
    }

    private sealed class HostLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None && StepLoggerProvider.CurrentStep is null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var writer = logLevel >= LogLevel.Warning ? Console.Error : Console.Out;
                writer.WriteLine(exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
            }
        }
    }
}
