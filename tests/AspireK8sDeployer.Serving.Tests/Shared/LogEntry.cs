using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Serving.Tests.Shared;

internal sealed record LogEntry(
    LogLevel Level, string Category, string Message, Exception? Exception, IReadOnlyDictionary<string, object?> Scope);
