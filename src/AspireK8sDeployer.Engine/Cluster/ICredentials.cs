namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Where a connection's credentials come from.</summary>
internal interface ICredentials
{
    /// <summary>The present credentials, got anew if they have ended.</summary>
    Task<Credential> GetAsync(CancellationToken cancellationToken);

    /// <summary>Gets credentials anew after these were refused. False when there can be no others.</summary>
    Task<bool> RenewAsync(Credential refused, CancellationToken cancellationToken);

    /// <summary>Why they may have been refused.</summary>
    Refusal? ExplainRefusal(Credential refused);
}
