using AspireK8sDeployer.EmbeddedCluster.Node;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node;

public sealed class StorageWatchTests : IDisposable
{
    private readonly string _volumes = Directory.CreateTempSubdirectory("volumes-").FullName;

    public void Dispose() => Directory.Delete(_volumes, recursive: true);

    [Theory]
    [InlineData("2Ki", null, null, "Usage of EmptyDir volume \"cache\" exceeds the limit \"2Ki\". ")]
    [InlineData("4Ki", null, null, null)]
    [InlineData(null, "2Ki", null, "Pod ephemeral local storage usage exceeds the total limit of containers 2Ki. ")]
    [InlineData(null, "1Ki", "1Ki", "Pod ephemeral local storage usage exceeds the total limit of containers 2048. ")]
    [InlineData(null, "4Ki", null, null)]
    [InlineData(null, null, null, null)]
    public void ThreeKibibytesInAVolume_AreTooManyForSome(string? volumeLimit, string? first, string? second, string? expected)
    {
        Directory.CreateDirectory(Path.Combine(_volumes, "cache", "deep"));
        File.WriteAllBytes(Path.Combine(_volumes, "cache", "deep", "file"), new byte[3 * 1024]);

        Assert.Equal(expected, StorageWatch.Excess(Pod(volumeLimit, first, second), [], _volumes));
    }

    [Fact]
    public void VolumesInMemory_AreNoStorage()
    {
        Directory.CreateDirectory(Path.Combine(_volumes, "cache"));
        File.WriteAllBytes(Path.Combine(_volumes, "cache", "file"), new byte[3 * 1024]);
        var pod = Pod("1Ki", "1Ki", null);
        pod.Spec.Volumes[0].EmptyDir.Medium = "Memory";

        Assert.Null(StorageWatch.Excess(pod, [], _volumes));
    }

    private static V1Pod Pod(string? volumeLimit, params string?[] limits) => new()
    {
        Spec = new V1PodSpec
        {
            Volumes = [new V1Volume { Name = "cache", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = volumeLimit is null ? null : new ResourceQuantity(volumeLimit) } }],
            Containers = [.. limits.Select((limit, index) => new V1Container
            {
                Name = $"c{index}",
                Resources = limit is null ? null : new V1ResourceRequirements { Limits = new Dictionary<string, ResourceQuantity> { ["ephemeral-storage"] = new(limit) } },
            })],
        },
    };
}
