using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine;

/// <summary>What a failure's class is to a script. One table; a code that is not in it is an internal failure.</summary>
internal static class ExitCodes
{
    public const int Failed = 1;
    public const int ChangesPending = 2;
    public const int RolloutFailed = 3;
    public const int NeedsApproval = 4;
    public const int Conflict = 5;
    public const int ChangedSinceReview = 6;
    public const int NoPermission = 7;
    public const int TimedOut = 8;
    public const int InvalidInput = 9;

    private static readonly (int From, int To, int ExitCode)[] Rows =
    [
        (100, 199, InvalidInput),
        (201, 202, InvalidInput), (203, 203, NoPermission), (204, 207, InvalidInput), (208, 209, NoPermission),
        (210, 210, Failed), (211, 213, NoPermission), (214, 214, Failed), (215, 215, InvalidInput), (216, 216, NoPermission),
        (219, 221, NeedsApproval), (222, 222, Conflict), (223, 223, InvalidInput), (224, 224, Failed), (225, 226, InvalidInput), (227, 227, NeedsApproval), (228, 228, InvalidInput), (229, 229, NeedsApproval),
        (230, 240, InvalidInput), (244, 244, InvalidInput),
        (303, 303, InvalidInput), (304, 304, TimedOut), (306, 306, TimedOut), (307, 307, ChangedSinceReview),
        (401, 401, RolloutFailed), (402, 402, TimedOut), (403, 403, NoPermission), (404, 404, RolloutFailed),
        (501, 502, RolloutFailed),
        (601, 601, InvalidInput), (603, 603, InvalidInput),
        (701, 701, TimedOut),
        (804, 808, InvalidInput), (809, 809, NeedsApproval),
    ];

    /// <summary>Whatever its code, a lack of rights is one; and a time-out whose cause is proven is a failed rollout.</summary>
    public static int Of(string code, string? reason) => (code, reason) switch
    {
        (_, "FORBIDDEN" or "UNAUTHENTICATED") => NoPermission,
        (RolloutFailure.TimeIsOver, not null) => RolloutFailed,
        _ => int.TryParse(code.AsSpan(4), out var number)
            ? Rows.FirstOrDefault(row => row.From <= number && number <= row.To, (From: 0, To: 0, ExitCode: Failed)).ExitCode
            : Failed,
    };
}
