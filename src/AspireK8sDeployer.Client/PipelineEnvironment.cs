namespace AspireK8sDeployer.Client;

/// <summary>
/// The environment variables by which a deployer tells a served pipeline who it is. The pipeline reads them as the
/// configuration section <see cref="Section"/>.
/// </summary>
/// <remarks>The port to listen on is not among them: it is ASP.NET Core's own <c>ASPNETCORE_HTTP_PORTS</c>.</remarks>
public static class PipelineEnvironment
{
    /// <summary>The configuration section that the variables fill.</summary>
    public const string Section = "PipelineDeployment";

    /// <summary>The deployment's id.</summary>
    public const string Id = Section + "__Id";

    /// <summary>The deployment's name.</summary>
    public const string Name = Section + "__Name";

    /// <summary>The id of the snapshot that is deployed: what the code was built from.</summary>
    public const string SnapshotId = Section + "__SnapshotId";

    /// <summary>The snapshot's name.</summary>
    public const string SnapshotName = Section + "__SnapshotName";

    /// <summary>How many seconds after SIGTERM the process is killed, if it has not ended by then.</summary>
    public const string GracePeriodSeconds = Section + "__GracePeriodSeconds";

    /// <summary>A path, such as an ingress path, under which the pipeline answers besides the root.</summary>
    public const string PathBase = Section + "__PathBase";

    /// <summary>
    /// The path of a file with the bearer keys of callers, one a line. It is read again when it changes; without it nobody
    /// is asked for a key.
    /// </summary>
    public const string AuthKeysPath = Section + "__AuthKeysPath";

    /// <summary>How many invocations are worked on at the same time; as many wait, further ones are turned away.</summary>
    public const string MaxConcurrency = Section + "__MaxConcurrency";
}
