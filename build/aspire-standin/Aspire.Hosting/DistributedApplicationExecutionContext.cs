namespace Aspire.Hosting;

public enum DistributedApplicationOperation
{
    Run = 0,
    Publish = 1,
}

public class DistributedApplicationExecutionContextOptions
{
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation) => Operation = operation;

    public DistributedApplicationOperation Operation { get; }

    public IServiceProvider? Services { get; set; }
}

public class DistributedApplicationExecutionContext
{
    private readonly DistributedApplicationExecutionContextOptions _options;

    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
        : this(new DistributedApplicationExecutionContextOptions(operation))
    {
    }

    public DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options) =>
        _options = options ?? throw new ArgumentNullException(nameof(options));

    public DistributedApplicationOperation Operation => _options.Operation;

    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    public IServiceProvider Services => _options.Services
        ?? throw new InvalidOperationException("The services exist once the application is built.");
}
