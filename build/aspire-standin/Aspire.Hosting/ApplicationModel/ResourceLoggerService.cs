using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Loggers of resources: what they are given appears on the console, prefixed by the resource's name.</summary>
public class ResourceLoggerService : IDisposable
{
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);

        return GetLogger(resource.Name);
    }

    public ILogger GetLogger(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);

        return new Running.ResourceConsole(resourceName);
    }

    public void Dispose() => GC.SuppressFinalize(this);
}
