using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>What holds for the metadata of every kind.</summary>
internal static class MetadataRules
{
    private const int MostAnnotationBytes = 256 * 1024;
    private const string Immutable = "field is immutable";

    /// <summary>Checks the metadata of an object.</summary>
    /// <param name="findings">Where to report.</param>
    /// <param name="obj">The object.</param>
    /// <param name="namespaced">Its kind lives in namespaces.</param>
    /// <param name="nameRule">The grammar of its name.</param>
    public static void Check(Findings findings, JsonObject obj, bool namespaced, Func<string, IEnumerable<string>> nameRule)
    {
        var metadata = obj.ObjectOrNew("metadata");
        if (metadata.TextOf("generateName") is { Length: > 0 } prefix)
        {
            // What is generated ends in letters, so that a prefix may end in what a name may not.
            findings.Invalid("metadata.generateName", prefix, nameRule(WithoutTrailingDash(prefix)));
        }

        if (metadata.TextOf("name") is { Length: > 0 } name)
        {
            findings.Invalid("metadata.name", name, nameRule(name));
        }
        else
        {
            findings.Required("metadata.name", "name or generateName is required");
        }

        CheckNamespace(findings, metadata, namespaced);
        findings.NonNegative("metadata.generation", metadata.NumberOf("generation"));
        Labels(findings, metadata.Object("labels"), "metadata.labels");
        Annotations(findings, metadata.Object("annotations"), "metadata.annotations");
        Owners(findings, metadata);
        Finalizers(findings, metadata);
    }

    /// <summary>Checks that a change leaves alone what identifies the object.</summary>
    public static void CheckUpdate(Findings findings, JsonObject obj, JsonObject oldObj)
    {
        var metadata = obj.ObjectOrNew("metadata");
        var old = oldObj.ObjectOrNew("metadata");
        if (old.Has("deletionTimestamp"))
        {
            var added = metadata.TextsOf("finalizers").Except(old.TextsOf("finalizers")).ToList();
            if (added.Count > 0)
            {
                var list = string.Join(", ", added.Select(ServerText.Quote));
                findings.Forbidden(
                    "metadata.finalizers",
                    $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{list}}}");
            }
        }

        foreach (var name in (string[])["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"])
        {
            if (!JsonValues.Same(metadata[name], old[name]) && !(IsNothing(metadata[name]) && IsNothing(old[name])))
            {
                findings.Invalid($"metadata.{name}", metadata[name], Immutable);
            }
        }
    }

    public static void Unchanged(Findings findings, string field, JsonNode? value, JsonNode? old)
    {
        if (!JsonValues.Same(value, old))
        {
            findings.Invalid(field, value, Immutable);
        }
    }

    public static void Labels(Findings findings, JsonObject? labels, string field)
    {
        foreach (var (key, value) in labels ?? [])
        {
            findings.Invalid(field, key, NameRules.Qualified(key));
            var text = value.AsText() ?? "";
            findings.Invalid(field, text, NameRules.LabelValue(text));
        }
    }

    public static void Annotations(Findings findings, JsonObject? annotations, string field)
    {
        var size = 0;
        foreach (var (key, value) in annotations ?? [])
        {
            // Keys were once accepted in any case, and are still.
            findings.Invalid(field, key, NameRules.Qualified(key.ToLowerInvariant()));
            size += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value.AsText() ?? "");
        }

        if (size > MostAnnotationBytes)
        {
            findings.TooLong(field, MostAnnotationBytes);
        }
    }

    private static void CheckNamespace(Findings findings, JsonObject metadata, bool namespaced)
    {
        var value = metadata.TextOf("namespace");
        if (namespaced && value.Length == 0)
        {
            findings.Required("metadata.namespace");
        }
        else if (namespaced)
        {
            findings.Invalid("metadata.namespace", value, NameRules.Label(value));
        }
        else if (value.Length > 0)
        {
            findings.Forbidden("metadata.namespace", "not allowed on this type");
        }
    }

    private static void Owners(Findings findings, JsonObject metadata)
    {
        const string Field = "metadata.ownerReferences";
        string? controller = null;
        foreach (var owner in metadata.Objects("ownerReferences"))
        {
            var version = owner.TextOf("apiVersion");
            if (version.Split('/')[^1].Length == 0)
            {
                findings.Invalid($"{Field}.apiVersion", version, "version must not be empty");
            }

            foreach (var name in (string[])["kind", "name", "uid"])
            {
                if (owner.TextOf(name).Length == 0)
                {
                    findings.Invalid($"{Field}.{name}", "", "must not be empty");
                }
            }

            if (version == "v1" && owner.TextOf("kind") == "Event")
            {
                findings.Invalid(Field, owner, "/v1, Kind=Event is disallowed from being an owner");
            }

            if (!owner.Flag("controller"))
            {
                continue;
            }

            var display = $"{owner.TextOf("kind")}/{owner.TextOf("name")}";
            if (controller is not null)
            {
                findings.Invalid(
                    Field,
                    metadata["ownerReferences"],
                    $"Only one reference can have Controller set to true. Found \"true\" in references for {controller} and {display}");
            }

            controller = display;
        }
    }

    private static void Finalizers(Findings findings, JsonObject metadata)
    {
        const string Field = "metadata.finalizers";
        var finalizers = metadata.TextsOf("finalizers").ToList();
        foreach (var finalizer in finalizers)
        {
            findings.Invalid(Field, finalizer, NameRules.Qualified(finalizer));
        }

        if (finalizers.Contains("orphan") && finalizers.Contains("foregroundDeletion"))
        {
            findings.Invalid(Field, metadata["finalizers"], "finalizer orphan and foregroundDeletion cannot be both set");
        }

        for (var i = 0; i < finalizers.Count; i++)
        {
            if (!finalizers[i].Contains('/', StringComparison.Ordinal) && finalizers[i] is not ("orphan" or "foregroundDeletion" or "kubernetes"))
            {
                findings.Invalid($"{Field}[{i}]", finalizers[i], "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    private static bool IsNothing(JsonNode? node) => node is null || node.AsText() == "";

    private static string WithoutTrailingDash(string prefix) =>
        prefix.Length > 1 && prefix.EndsWith('-') ? prefix[..^2] + "a" : prefix;
}
