using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Store;

public sealed class ObjectStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("aspire-k8s-store-").FullName;
    private readonly ResourceTable _table = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_directory, "journal.jsonl");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void FailedCompaction_FailsNoChange()
    {
        Directory.CreateDirectory(File + ".new");
        using (var store = Open())
        {
            for (var i = 0; i < 20_010; i++)
            {
                Put(store, "one", $"{i}");
            }
        }

        using var again = Open();

        Assert.Equal((20_010, "20009"), (again.Version, (string?)Get(again, "one")!["data"]!["text"]));
    }

    [Fact]
    public void ManyBytesInFewLines_AreCompacted()
    {
        var text = new string('x', 1 << 20);
        using (var store = Open())
        {
            for (var i = 0; i < 100; i++)
            {
                Put(store, "one", text);
            }

            Put(store, "two", "after");
        }

        Assert.InRange(new FileInfo(File).Length, 1, 70 << 20);
        using var again = Open();
        Assert.Equal((101, text, "after"), (again.Version, (string?)Get(again, "one")!["data"]!["text"], (string?)Get(again, "two")!["data"]!["text"]));
    }

    [Fact]
    public void LargeObjects_HaveAShorterHistory()
    {
        var text = new string('x', 1 << 20);
        using var store = new ObjectStore(_table, null, NullLogger<ObjectStore>.Instance);
        for (var i = 0; i < 100; i++)
        {
            Put(store, "one", text);
        }

        var shelf = store.ShelfOf(Maps);
        Assert.Equal((true, false), (shelf.FindStart(1) is null, shelf.FindStart(90) is null));
    }

    [Fact]
    public async Task ObjectThatWasStoredInAnotherVersionBefore_StaysDeleted()
    {
        await System.IO.File.WriteAllTextAsync(
            File,
            """
            {"rv":1,"group":"x.io","version":"v1alpha1","resource":"things","ns":"","name":"a","object":{"kind":"Thing"}}
            {"rv":2,"group":"x.io","version":"v1","resource":"things","ns":"","name":"a"}

            """,
            Ct);

        using var journal = Journal.Open(_directory);

        var entry = Assert.Single(journal.Entries);
        Assert.Equal((2, null), (entry.Version, entry.Json));
    }

    private ResourceDefinition Maps => _table.Kind("v1", "ConfigMap");

    private ObjectStore Open() => new(_table, _directory, NullLogger<ObjectStore>.Instance);

    private JsonObject? Get(ObjectStore store, string name) => store.Get(Maps, "default", name)?.ToJsonObject();

    private void Put(ObjectStore store, string name, string text) => store.Exclusively(() => store.Put(Maps, new JsonObject
    {
        ["kind"] = "ConfigMap",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["data"] = new JsonObject { ["text"] = text },
    }));
}
