using System.Text.Json.Nodes;
using System.Threading.Channels;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What one who waits for a deployment sees of the streams that all share: the objects of that deployment.</summary>
internal sealed class StreamView(DeploymentIdentity deployment, ChannelWriter<StreamEvent> writer)
{
    // Names that a controller makes of another are cut to this before it adds five characters of its own.
    private const int LongestBase = 58;

    private readonly string _children = Cut($"{deployment.Name}-");

    public DeploymentIdentity Deployment => deployment;

    /// <summary>Passes on what concerns the deployment.</summary>
    public void Tell(StreamEvent change)
    {
        List<JsonObject> ours = [.. change.Objects.Where(item => Has(change.Kind, item))];
        if (ours.Count > 0 || change.Change is StreamChange.Reset or StreamChange.Denied)
        {
            writer.TryWrite(change with { Objects = ours });
        }
    }

    /// <summary>Nothing more comes, and this is why.</summary>
    public void End(Exception failure) => writer.TryComplete(failure);

    private bool Has(ObjectKind kind, JsonObject item) => kind switch
    {
        _ when kind == ObjectKind.Deployment => (string?)item["metadata"]?["name"] == deployment.Name,
        // Events carry no labels of ours; some of a neighbour with a longer name do no harm, they name another object's uid.
        _ when kind == ObjectKind.Event => (string?)item["involvedObject"]?["name"] is { } about
            && (about == deployment.Name || about.StartsWith(_children, StringComparison.Ordinal) || IsClaim(item)),
        _ => (string?)item["metadata"]?["labels"]?[Names.DeploymentLabel] == deployment.Name,
    };

    // Named by the user; the pods tell which are theirs.
    private static bool IsClaim(JsonObject item) => (string?)item["involvedObject"]?["kind"] == "PersistentVolumeClaim";

    private static string Cut(string text) => text.Length <= LongestBase ? text : text[..LongestBase];
}
