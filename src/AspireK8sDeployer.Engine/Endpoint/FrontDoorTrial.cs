namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>What came of asking for the pipeline at an Ingress or a Gateway.</summary>
/// <param name="Candidate">Where.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="IsOurs">Whether it is this deployment that answers; null when that cannot be told.</param>
/// <param name="IsAtAddress">Whether it was asked at the controller's address, and not where DNS says.</param>
internal sealed record FrontDoorTrial(EndpointCandidate Candidate, HealthAnswer Answer, bool? IsOurs, bool IsAtAddress)
{
    /// <summary>Whether DNS does not know the host.</summary>
    public bool IsHostUnknown { get; init; }

    public bool IsVerified => Answer is { IsWell: true, CertificateProblem: null } && IsOurs != false;

    // It can be called by who does not check the certificate, so it needs no other way.
    public PipelineEndpoint ToEndpoint(string? hint) => new(Candidate.Url, Candidate.Source, IsVerified, IsUntrusted ? null : hint)
    {
        Address = IsAtAddress && (IsVerified || IsUntrusted) ? Candidate.Address : null,
        CertificateProblem = IsUntrusted ? Answer.CertificateProblem : null,
    };

    private bool IsUntrusted => Answer is { IsWell: true, CertificateProblem: not null };

    public IReadOnlyList<string> Warnings() => [.. OfName(), .. OfAnswer()];

    private IEnumerable<string> OfName()
    {
        if (Candidate.Address is { } address && (IsHostUnknown || (IsAtAddress && (IsVerified || IsUntrusted))))
        {
            yield return IsHostUnknown
                ? $"DNS does not know {Candidate.Url.Host} yet: it has to lead to {address}"
                : $"DNS leads {Candidate.Url.Host} elsewhere, or it cannot be reached that way: it has to lead to {address}";
        }
    }

    private IEnumerable<string> OfAnswer()
    {
        if (IsVerified || !Candidate.CanBeAsked)
        {
            yield break;
        }

        yield return Answer switch
        {
            { IsWell: true, CertificateProblem: { } problem } =>
                $"{Candidate.Url} answers, but its certificate is not trusted here: {problem.TrimEnd('.')}; 'curl --insecure' calls it without checking who answers",
            { Status: { } status, CertificateProblem: { } problem } =>
                $"{Candidate.Url} answers {(int)status}, but not as this pipeline does, and its certificate is not trusted here: {problem.TrimEnd('.')}",
            { Status: { } status } => $"{Candidate.Url} answers {(int)status}, but not as this pipeline does",
            _ => $"{Candidate.Url} cannot be reached from here, so it was not checked",
        };
    }
}
