using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>Merges a patch: null removes, objects are merged, all else replaces.</summary>
internal static class MergePatcher
{
    public static void Merge(PatchedDocument document, JsonObject target, JsonObject patch)
    {
        document.Touch(target);
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject changes)
            {
                if (target[name] is JsonObject below)
                {
                    Merge(document, below, changes);
                }
                else
                {
                    target[name] = WithoutNulls(document, changes);
                }
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private static JsonObject WithoutNulls(PatchedDocument document, JsonObject patch)
    {
        var added = new JsonObject();
        Merge(document, added, patch);
        return added;
    }
}
