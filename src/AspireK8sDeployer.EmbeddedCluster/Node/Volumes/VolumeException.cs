namespace AspireK8sDeployer.EmbeddedCluster.Node.Volumes;

/// <summary>A volume cannot be made yet.</summary>
internal sealed class VolumeException(string volume, string problem) : Exception($"MountVolume.SetUp failed for volume \"{volume}\" : {problem}");
