namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Credentials that the configuration itself holds.</summary>
/// <param name="credential">The credentials.</param>
/// <param name="time">Tells whether they have ended.</param>
/// <param name="again">How the user gets others.</param>
internal sealed class FixedCredentials(Credential credential, TimeProvider time, string again) : ICredentials
{
    public Task<Credential> GetAsync(CancellationToken cancellationToken)
    {
        // The server could only refuse it, and some do without a word: by ending the connection.
        return credential is { Header: null, Certificate: { } certificate } && CertificateAge.Describe(certificate, time) is { } problem
            ? throw new DeploymentException("K8SD208", "connect", $"The credentials cannot be used: {problem}", $"{again}; and check the clock of this machine")
            {
                Reason = "UNAUTHENTICATED",
            }
            : Task.FromResult(credential);
    }

    public Task<bool> RenewAsync(Credential refused, CancellationToken cancellationToken) => Task.FromResult(false);

    public Refusal? ExplainRefusal(Credential refused)
    {
        if (TokenAge.Expired(credential.Header?.Parameter, time) is { } ended)
        {
            return new Refusal($"its token expired on {ended:yyyy-MM-dd HH:mm} UTC", again);
        }

        return credential.Certificate is { } certificate && CertificateAge.Describe(certificate, time) is { } problem ? new Refusal(problem, again) : null;
    }
}
