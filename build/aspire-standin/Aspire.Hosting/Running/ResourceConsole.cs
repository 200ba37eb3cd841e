using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Writes a resource's lines to the console, each with the resource's name before it.</summary>
internal sealed class ResourceConsole(string resource) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            WriteLine(exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
        }
    }

    public void WriteLine(string line) => Console.WriteLine($"[{resource}] {line}");
}
