using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using AspireK8sDeployer.EmbeddedCluster.Node.Volumes;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Volumes;

public sealed class PodVolumesTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("volumes-").FullName;
    private readonly string _volume;

    public PodVolumesTests() => _volume = Directory.CreateDirectory(Path.Combine(_parent, "host")).FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void SubPathThroughALinkInside_IsMounted()
    {
        Directory.CreateDirectory(Path.Combine(_volume, "v1/data"));
        File.CreateSymbolicLink(Path.Combine(_volume, "current"), "v1");

        Assert.Equal([new BindMount(Path.Combine(_volume, "current/data"), "/data", ReadOnly: false)], MountsOf("current/data"));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("out")]
    [InlineData("out/made")]
    [InlineData("up/outside")]
    public void SubPathThatLeadsOut_IsRefused(string subPath)
    {
        var outside = Directory.CreateDirectory(Path.Combine(_parent, "outside")).FullName;
        File.CreateSymbolicLink(Path.Combine(_volume, "out"), outside);
        File.CreateSymbolicLink(Path.Combine(_volume, "up"), "..");

        Assert.Throws<ContainerConfigException>(() => MountsOf(subPath));

        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    private IReadOnlyList<BindMount> MountsOf(string subPath)
    {
        var container = new V1Container { Name = "app", VolumeMounts = [new V1VolumeMount { Name = "host", MountPath = "/data", SubPath = subPath }] };
        var pod = new V1Pod
        {
            Spec = new V1PodSpec
            {
                Containers = [container],
                Volumes = [new V1Volume { Name = "host", HostPath = new V1HostPathVolumeSource { Path = _volume } }],
            },
        };
        var volumes = new PodVolumes(pod, _parent, new VolumeContent(null!, null!, ""));
        volumes.Update("");
        return volumes.MountsOf(container, text => text);
    }
}
