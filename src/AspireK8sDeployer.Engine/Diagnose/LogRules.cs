namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Causes that only the container's own last words give away.</summary>
internal static class LogRules
{
    public static Diagnosis Refine(Diagnosis cause, IReadOnlyList<string> log)
    {
        bool Says(string words) => log.Any(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));
        return cause.Code switch
        {
            "CRASH_LOOP" or "SIGNAL" or "NO_PROBE" when Says("exec format error") => cause with
            {
                Code = "IMAGE_PLATFORM",
                Fix = "build the image for the platform of the nodes",
            },
            "CRASH_LOOP" or "SIGNAL" or "NO_PROBE" when Says("read-only file system") || Says("operation not permitted") => cause with
            {
                Code = "SECCTX_PROC",
                Fix = "let it write to a volume of its own, or below /tmp; the container's security settings forbid the rest",
            },
            _ => cause,
        };
    }
}
