using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Store;

public sealed class OwnerIndexTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("aspire-k8s-owners-").FullName;
    private readonly ResourceTable _table = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Dependents_AreThoseThatNameTheOwnerNow()
    {
        using var store = Open();
        Put(store, "ConfigMap", "stays", "a", "b");
        Put(store, "Secret", "stays", "a");
        Put(store, "ConfigMap", "leaves", "a");
        Put(store, "ConfigMap", "leaves", "b");
        var goes = Put(store, "ConfigMap", "goes", "a");
        store.Exclusively(() => store.Remove(goes));

        Assert.Equal(["ConfigMap stays, Secret stays", "ConfigMap leaves, ConfigMap stays", ""], [Names(store, "a"), Names(store, "b"), Names(store, "c")]);
    }

    [Fact]
    public void Dependents_AreKnownAfterARestart()
    {
        using (var store = Open())
        {
            Put(store, "ConfigMap", "moved", "a");
            Put(store, "ConfigMap", "moved", "b");
        }

        using var again = Open();

        Assert.Equal(["", "ConfigMap moved"], [Names(again, "a"), Names(again, "b")]);
    }

    private static string Names(ObjectStore store, string owner) =>
        string.Join(", ", store.DependentsOf(owner).Select(obj => $"{obj.Resource.Kind} {obj.Name}").Order(StringComparer.Ordinal));

    private ObjectStore Open() => new(_table, _directory, NullLogger<ObjectStore>.Instance);

    private StoredObject Put(ObjectStore store, string kind, string name, params string[] owners) => store.Exclusively(() => store.Put(
        _table.Kind("v1", kind),
        new JsonObject
        {
            ["kind"] = kind,
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = "default",
                ["ownerReferences"] = new JsonArray([.. owners.Select(owner => new JsonObject { ["kind"] = "ConfigMap", ["name"] = owner, ["uid"] = owner })]),
            },
        }));
}
