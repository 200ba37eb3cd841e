using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;

/// <summary>Compares and names pod templates.</summary>
internal static class PodTemplates
{
    public const string HashLabel = "pod-template-hash";

    // Without vowels and look-alikes, as generated names have it, so that no hash spells a word.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>A short name for a template's content.</summary>
    public static string Hash(V1PodTemplateSpec template, int? collisions)
    {
        var text = ToJson(template).ToJsonString() + (collisions is > 0 ? $"#{collisions}" : "");
        var hash = 2166136261u; // FNV-1a, as the real controller's
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ value) * 16777619u;
        }

        return Encode(hash);
    }

    /// <summary>A number as the letters and digits that names may be made of.</summary>
    public static string Encode(uint hash) =>
        string.Concat(hash.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => Alphabet[digit % Alphabet.Length]));

    /// <summary>Whether both are the same but for the hash that the controller adds.</summary>
    public static bool AreEqual(V1PodTemplateSpec a, V1PodTemplateSpec b) => JsonNode.DeepEquals(ToJson(a), ToJson(b));

    private static JsonObject ToJson(V1PodTemplateSpec template)
    {
        var json = (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(template))!;
        if (json["metadata"] is JsonObject metadata)
        {
            metadata.Remove("creationTimestamp");
            if (metadata["labels"] is JsonObject labels)
            {
                labels.Remove(HashLabel);
                if (labels.Count == 0)
                {
                    metadata.Remove("labels");
                }
            }
        }

        return json;
    }
}
