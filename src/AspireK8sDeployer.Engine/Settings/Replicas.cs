namespace AspireK8sDeployer.Engine.Settings;

/// <summary>How many replicas there are: a fixed number, or a range that an autoscaler moves in.</summary>
/// <param name="Minimum">The fewest, and the number to begin with.</param>
/// <param name="Maximum">The most.</param>
internal readonly record struct Replicas(int Minimum, int Maximum)
{
    public bool Autoscaled => Minimum != Maximum;

    public static Replicas Of(ResourceSettings settings) => (settings.MinReplicas, settings.MaxReplicas) switch
    {
        (null, null) => new(1, 1),
        ({ } minimum, null) => new(minimum, minimum),
        (null, { } maximum) => new(maximum, maximum),
        ({ } minimum, { } maximum) => new(minimum, maximum),
    };
}
