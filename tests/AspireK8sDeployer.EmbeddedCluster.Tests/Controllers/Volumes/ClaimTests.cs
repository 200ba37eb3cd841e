using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers.Volumes;

public class ClaimTests(ClusterFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_IsBoundToTheSmallestVolumeThatSuitsIt_AndMounted()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        using var directory = new Volume();
        space.Api.Create(VolumeOf(space, "small", "1Mi", directory.Path), "test");
        space.Api.Create(VolumeOf(space, "fits", "5Mi", directory.Path), "test");
        space.Api.Create(VolumeOf(space, "large", "9Mi", directory.Path), "test");
        Claim(space, space.Name);
        var image = await space.PushAsync(TestImage.Script("echo kept > /data/file"), "writes:1", Ct);
        space.Run("writes", image, Mounted);

        await space.WaitAsync<V1Pod>("writes", pod => pod.Status?.Phase == "Succeeded", Ct);

        var claim = space.Get<V1PersistentVolumeClaim>("data");
        var volume = space.Api.Get<V1PersistentVolume>(null, $"{space.Name}-fits")!;
        Assert.Equal(("Bound", volume.Metadata.Name, "5Mi"), (claim.Status.Phase, claim.Spec.VolumeName, claim.Status.Capacity["storage"].ToString()));
        Assert.Equal(("Bound", claim.Metadata.Uid), (volume.Status.Phase, volume.Spec.ClaimRef.Uid));
        Assert.Equal("kept\n", await File.ReadAllTextAsync(Path.Combine(directory.Path, "file"), Ct));
    }

    [Fact]
    public async Task ClaimOfAClassThatWaits_GetsItsVolumeWithItsFirstPod()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        using var directory = new Volume();
        var name = space.Name;
        space.Api.Create(new V1StorageClass { Metadata = new V1ObjectMeta { Name = name }, Provisioner = "kubernetes.io/no-provisioner", VolumeBindingMode = "WaitForFirstConsumer" }, "test");
        Claim(space, name);
        var image = await space.PushAsync(TestImage.Script("test -d /data"), "reads:1", Ct);
        await space.WaitAsync<Corev1Event>(e => e.Reason == "WaitForFirstConsumer", Ct);
        space.Run("reads", image, Mounted);

        var refused = await space.WaitAsync<V1Pod>("reads", pod => pod.Status?.Conditions?.Any(condition => condition.Reason == "Unschedulable") == true, Ct);
        space.Api.Create(VolumeOf(space, "later", "5Mi", directory.Path), "test");
        await space.WaitAsync<V1Pod>("reads", pod => pod.Status?.Phase == "Succeeded", Ct);

        Assert.StartsWith(
            "0/1 nodes are available: 1 node(s) didn't find available persistent volumes to bind.",
            refused.Status.Conditions.Single(condition => condition.Reason == "Unschedulable").Message,
            StringComparison.Ordinal);
        Assert.Equal($"{name}-later", space.Get<V1PersistentVolumeClaim>("data").Spec.VolumeName);
    }

    [Fact]
    public async Task ClaimOfAClassThatIsNotThere_SaysSo()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        Claim(space, "missing");

        var problem = await space.WaitAsync<Corev1Event>(e => e.InvolvedObject.Name == "data", Ct);

        Assert.Equal(
            ("Warning", "ProvisioningFailed", "storageclass.storage.k8s.io \"missing\" not found"), (problem.Type, problem.Reason, problem.Message));
    }

    private static void Claim(TestSpace space, string storageClass) => space.Api.Create(
        new V1PersistentVolumeClaim
        {
            Metadata = new V1ObjectMeta { Name = "data", NamespaceProperty = space.Name },
            Spec = new V1PersistentVolumeClaimSpec
            {
                AccessModes = ["ReadWriteOnce"],
                StorageClassName = storageClass,
                Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new("4Mi") } },
            },
        },
        "test");

    private static V1PersistentVolume VolumeOf(TestSpace space, string name, string size, string path) => new()
    {
        Metadata = new V1ObjectMeta { Name = $"{space.Name}-{name}" },
        Spec = new V1PersistentVolumeSpec
        {
            AccessModes = ["ReadWriteOnce"],
            StorageClassName = space.Name,
            Capacity = new Dictionary<string, ResourceQuantity> { ["storage"] = new(size) },
            HostPath = new V1HostPathVolumeSource { Path = path },
        },
    };

    private static void Mounted(V1PodSpec pod)
    {
        pod.RestartPolicy = "Never";
        pod.Volumes = [new V1Volume { Name = "data", PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = "data" } }];
        pod.Containers[0].VolumeMounts = [new V1VolumeMount { Name = "data", MountPath = "/data" }];
    }

    private sealed class Volume : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("volume-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
