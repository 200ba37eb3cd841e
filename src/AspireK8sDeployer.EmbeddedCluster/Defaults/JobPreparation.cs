using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>A job selects its pods by its own uid, unless it brings a selector and says so.</summary>
internal static class JobPreparation
{
    private const string Prefix = "batch.kubernetes.io/";

    public static void GenerateSelector(JsonObject obj)
    {
        var spec = obj.ObjectOrNew("spec");
        var metadata = obj.ObjectOrNew("metadata");
        var uid = metadata.TextOf("uid");
        if (spec.Flag("manualSelector") || uid.Length == 0)
        {
            return;
        }

        var labels = spec.ObjectOrNew("template").ObjectOrNew("metadata").ObjectOrNew("labels");
        labels[Prefix + "controller-uid"] = uid;
        labels[Prefix + "job-name"] = metadata.TextOf("name");
        labels["controller-uid"] = uid;
        labels["job-name"] = metadata.TextOf("name");
        spec.ObjectOrNew("selector").ObjectOrNew("matchLabels")[Prefix + "controller-uid"] = uid;
        spec.Remove("manualSelector");
        spec["manualSelector"] = false;
    }
}
