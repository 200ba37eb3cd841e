using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>A pod stays five minutes on a node that has gone silent, unless it says otherwise.</summary>
internal sealed class PodDefaultTolerations : IAdmissionPlugin
{
    private const int Seconds = 300;

    private static readonly string[] Taints = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    public void Mutate(AdmissionRequest request)
    {
        if (request is not { Operation: AdmissionOperation.Create or AdmissionOperation.Update, IsMain: true, Object: { } pod } || !request.IsCore("Pod"))
        {
            return;
        }

        var spec = pod.ObjectOrNew("spec");
        var present = spec.Objects("tolerations").ToList();
        var missing = Taints.Where(taint => !present.Any(toleration => Covers(toleration, taint))).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var tolerations = spec.Array("tolerations") ?? [];
        foreach (var taint in missing)
        {
            tolerations.Add((JsonNode)new JsonObject
            {
                ["key"] = taint,
                ["operator"] = "Exists",
                ["effect"] = "NoExecute",
                ["tolerationSeconds"] = Seconds,
            });
        }

        spec["tolerations"] = tolerations.Parent is null ? tolerations : tolerations.DeepClone();
    }

    private static bool Covers(JsonObject toleration, string taint) =>
        (toleration.TextOf("key") == taint || toleration.TextOf("key").Length == 0)
        && toleration.TextOf("effect") is "NoExecute" or "";
}
