namespace AspireK8sDeployer.Serving.Binding;

/// <summary>A value as it stands in the body of an invocation.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Length">How long it is; 0 for a parameter that was left out.</param>
/// <param name="HoldsHugeNumber">Whether a number in it may become an infinity, which is not what the caller meant.</param>
internal readonly record struct GivenValue(int Start, int Length, bool HoldsHugeNumber)
{
    public bool IsMissing => Length == 0;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> body) => body.Slice(Start, Length);
}
