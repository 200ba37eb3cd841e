namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Whether the requests of one caller stay with one pod.</summary>
public enum SessionAffinity
{
    /// <summary>Any ready pod answers any request.</summary>
    None,

    /// <summary>Requests from one client address go to the same pod.</summary>
    ClientIP,
}
