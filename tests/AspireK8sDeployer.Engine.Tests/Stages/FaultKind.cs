namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>How a call goes wrong.</summary>
public enum FaultKind
{
    TooManyRequests,
    InternalError,
    Unavailable,

    /// <summary>The connection breaks before the server hears of the call.</summary>
    Reset,

    /// <summary>The server has done it, and the connection breaks before it can say so.</summary>
    AnswerLost,

    /// <summary>Nothing comes, until whoever waits loses patience.</summary>
    NoAnswer,
    Conflict,

    /// <summary>The server has done it, and what it says is cut off.</summary>
    Truncated,

    /// <summary>The watch ends at once, without a word.</summary>
    WatchClosed,

    /// <summary>The version to watch from is forgotten, as an answer.</summary>
    WatchGone,

    /// <summary>The version to watch from is forgotten, inside of the stream.</summary>
    WatchGoneLater,

    /// <summary>The watch is open, and dead.</summary>
    WatchSilent,

    /// <summary>The user has had enough: no fault of the call, which goes through.</summary>
    Cancelled,
}
