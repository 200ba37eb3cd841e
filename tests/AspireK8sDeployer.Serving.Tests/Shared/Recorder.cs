using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Serving.Tests.Shared;

/// <summary>Keeps what is logged, with the scopes that it was logged in.</summary>
internal sealed class Recorder : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(Recorder recorder, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => recorder._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scope = new Dictionary<string, object?>();
            recorder._scopes.ForEachScope(
                static (value, scope) =>
                {
                    foreach (var (name, item) in value as IEnumerable<KeyValuePair<string, object?>> ?? [])
                    {
                        scope[name] = item;
                    }
                },
                scope);
            recorder._entries.Enqueue(new LogEntry(logLevel, category, formatter(state, exception), exception, scope));
        }
    }
}
