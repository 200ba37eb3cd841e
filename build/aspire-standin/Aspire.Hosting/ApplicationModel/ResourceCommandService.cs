using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel;

public class ResourceCommandService
{
    private readonly IServiceProvider _services;

    internal ResourceCommandService(IServiceProvider services) => _services = services;

    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource, commandName, new InteractionInputCollection([]), cancellationToken);

    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);

        var command = resource.Annotations.OfType<ResourceCommandAnnotation>().SingleOrDefault(c => c.Name == commandName);
        if (command is null)
        {
            return CommandResults.Failure($"The resource '{resource.Name}' has no command '{commandName}'.");
        }

        return await command.ExecuteCommand(new ExecuteCommandContext
        {
            Services = _services,
            ResourceName = resource.Name,
            CancellationToken = cancellationToken,
            Logger = _services.GetRequiredService<ResourceLoggerService>().GetLogger(resource),
            Arguments = arguments,
        });
    }
}
