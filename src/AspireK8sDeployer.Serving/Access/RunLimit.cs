using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace AspireK8sDeployer.Serving.Access;

/// <summary>Lets so many invocations be worked on at the same time, has so many wait in the order in which they came, and turns further ones away.</summary>
internal sealed class RunLimit : IDisposable
{
    private readonly ConcurrencyLimiter? _limiter;

    public RunLimit(IOptions<PipelineOptions> options)
    {
        if (options.Value.MaxConcurrency is { } most)
        {
            _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
            {
                PermitLimit = most,
                QueueLimit = options.Value.MaxQueued ?? most,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            });
        }
    }

    /// <summary>A place, which whoever gets it disposes; one that is not acquired when there are too many already.</summary>
    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancellationToken) =>
        _limiter?.AcquireAsync(1, cancellationToken) ?? ValueTask.FromResult<RateLimitLease>(Unlimited.Instance);

    public void Dispose() => _limiter?.Dispose();

    private sealed class Unlimited : RateLimitLease
    {
        public static readonly Unlimited Instance = new();

        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
