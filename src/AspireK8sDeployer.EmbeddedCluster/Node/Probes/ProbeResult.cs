namespace AspireK8sDeployer.EmbeddedCluster.Node.Probes;

/// <summary>What one try of a probe found.</summary>
/// <param name="Success">Whether the container answered as it should.</param>
/// <param name="Output">What is said about a failure.</param>
/// <param name="NobodyListens">Whether nothing was there to answer, which costs nobody anything.</param>
internal readonly record struct ProbeResult(bool Success, string Output = "", bool NobodyListens = false);
