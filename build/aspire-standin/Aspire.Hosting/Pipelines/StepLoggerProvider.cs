using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>Gives what is logged while a step runs to that step, whoever logs it.</summary>
internal sealed class StepLoggerProvider : ILoggerProvider
{
    private static readonly AsyncLocal<IReportingStep?> Step = new();

    public static IReportingStep? CurrentStep
    {
        get => Step.Value;
        set => Step.Value = value;
    }

    public ILogger CreateLogger(string categoryName) => new StepLogger();

    public void Dispose()
    {
    }

    private sealed class StepLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && CurrentStep is not null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var message = formatter(state, exception);
                CurrentStep?.Log(logLevel, exception is null ? message : $"{message} {exception}");
            }
        }
    }
}
