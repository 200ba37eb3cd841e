namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>How a container ended.</summary>
/// <param name="ExitCode">The exit code of its process; 128 and the signal's number when a signal ended it.</param>
/// <param name="At">When.</param>
/// <param name="Started">Whether its own program was reached.</param>
/// <param name="ExceededMemory">Whether it was killed for its memory limit.</param>
internal sealed record ContainerExit(int ExitCode, DateTimeOffset At, bool Started, bool ExceededMemory);
