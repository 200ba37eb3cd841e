using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Nothing becomes ready in a namespace that is being deleted.</summary>
internal static class NamespaceRules
{
    public static Diagnosis? Diagnose(RolloutObjects objects) =>
        objects.Beside.All("Namespace").FirstOrDefault(item => (string?)item["status"]?["phase"] == "Terminating") is { } ending ? Of(ending) : null;

    private static Diagnosis Of(JsonObject ending)
    {
        var held = Conditions.Messages(ending);
        var holders = held.Count == 0 ? "" : $" ({string.Join("; ", held)})";
        return new Diagnosis(
            "NS_TERMINATING", FailureClass.Fatal, $"it is being deleted{holders}",
            "wait until it is gone and deploy again, or deploy to another with .WithNamespace(\"…\")")
        {
            Object = $"Namespace/{ending["metadata"]?["name"]}",
            Evidence = "status.phase = Terminating",
        };
    }
}
