namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What a plugin gave, until it ends or is refused. However many ask, the plugin runs once.</summary>
internal sealed class PluginCredentials(CredentialPlugin plugin, TimeProvider time) : ICredentials, IDisposable
{
    // Time enough for the request that they are got for.
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _running = new(1);
    private Credential? _present;

    public Task<Credential> GetAsync(CancellationToken cancellationToken) =>
        _present is { } present && IsGood(present) ? Task.FromResult(present) : RunAsync(IsGood, cancellationToken);

    public async Task<bool> RenewAsync(Credential refused, CancellationToken cancellationToken)
    {
        // Unless somebody else has got newer ones since these were refused.
        await RunAsync(present => !ReferenceEquals(present, refused) && IsGood(present), cancellationToken).ConfigureAwait(false);
        return true;
    }

    public Refusal? ExplainRefusal(Credential refused) => new($"what the plugin '{plugin.Name}' gives is refused", PluginAdvice.LogIn(plugin.Name));

    public void Dispose() => _running.Dispose();

    private bool IsGood(Credential credential) => credential.Expires is not { } end || end > time.GetUtcNow() + Leeway;

    private async Task<Credential> RunAsync(Func<Credential, bool> isEnough, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _present is { } present && isEnough(present) ? present : _present = await plugin.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _running.Release();
        }
    }
}
