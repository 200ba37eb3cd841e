namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>A token in a file that somebody else keeps fresh, as the cluster does for its pods.</summary>
internal sealed class TokenFileCredentials(string path, TimeProvider time) : ICredentials
{
    // As long as client-go trusts a token that it has read.
    private static readonly TimeSpan ReadAgain = TimeSpan.FromMinutes(1);

    private Credential? _read;

    public Task<Credential> GetAsync(CancellationToken cancellationToken) =>
        _read is { } known && known.Expires > time.GetUtcNow() ? Task.FromResult(known) : ReadAsync(cancellationToken);

    public async Task<bool> RenewAsync(Credential refused, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false)).Header != refused.Header;

    public Refusal? ExplainRefusal(Credential refused) => new(
        TokenAge.Expired(refused.Header?.Parameter, time) is { } ended ? $"the token in {path} expired on {ended:yyyy-MM-dd HH:mm} UTC" : $"the token in {path} is not good for it",
        "see that the file is kept up to date, and deploy again");

    private async Task<Credential> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)).Trim();
            return _read = new Credential { Header = token.Length == 0 ? null : Credential.Bearer(token), Expires = time.GetUtcNow() + ReadAgain };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new DeploymentException(
                "K8SD209", "connect", $"The token in {path} cannot be read: {failure.GetType().Name}", "see that the file is there and this user may read it");
        }
    }
}
