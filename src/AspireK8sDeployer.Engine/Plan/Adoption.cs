using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Whose an object is that has the name of one of ours, and whether it may become ours.</summary>
/// <param name="IsOurs">Whether it is ours already.</param>
/// <param name="Owner">Who made it or manages it, for people.</param>
/// <param name="Blocker">Why it may not become ours.</param>
internal sealed record Adoption(bool IsOurs, string? Owner, PlanBlocker? Blocker)
{
    private const string Code = "K8SD220";
    private const string Elsewhere = "deploy under another name or namespace (.WithNamespace(\"…\")), or remove it with kubectl";

    private static readonly Adoption Ours = new(IsOurs: true, null, null);

    /// <param name="deployment">The deployment.</param>
    /// <param name="id">The object.</param>
    /// <param name="live">As it is.</param>
    /// <param name="policy">What may become ours.</param>
    /// <param name="isListed">Whether the deployment's inventory has it.</param>
    public static Adoption Of(DeploymentIdentity deployment, ObjectId id, JsonObject live, AdoptionPolicy policy, bool isListed)
    {
        var labels = live["metadata"]?["labels"] as JsonObject ?? [];
        var isOurKind = (string?)labels[Names.ManagedByLabel] == Names.FieldManager;
        if (isOurKind && (string?)labels[Names.DeploymentLabel] == deployment.Name)
        {
            OwnershipGuard.CheckApplication(deployment, id, labels);
            return Ours;
        }

        // Somebody took our labels off, but not what the server notes of our applies.
        if (isListed && AppliedFields.Of(live) is not null && labels[Names.PartOfLabel] is null)
        {
            return Ours;
        }

        // Another deployment would prune it, and we what is another's.
        if (isOurKind && (string?)labels[Names.DeploymentLabel] is { } other)
        {
            var owner = $"it belongs to the deployment '{other}'";
            return new Adoption(IsOurs: false, owner, Refusal(id, owner, "give one of the two another name, or destroy the other first"));
        }

        var mark = OwnerMarks.Of(live);
        var who = Who(live);
        PlanBlocker? blocker = (policy, mark) switch
        {
            (AdoptionPolicy.All, _) or (AdoptionPolicy.Unowned, null) => null,
            (_, null) => Refusal(id, who, $"{Elsewhere}, or let the deploy take it over with .WithAdoption(AdoptionPolicy.Unowned)"),
            _ => Refusal(id, who, $"{Elsewhere}; or have {mark} let go of it, and then let the deploy take it over with .WithAdoption(AdoptionPolicy.All)"),
        };
        return new Adoption(IsOurs: false, who, blocker);
    }

    /// <summary>Refuses what is not ours where nothing becomes ours.</summary>
    public static PlanBlocker Refuse(ObjectId id, JsonObject live) => Refusal(id, Who(live), Elsewhere);

    private static string Who(JsonObject live) => OwnerMarks.Of(live) is { } mark ? $"{mark} manages it" : OwnerMarks.Writers(live);

    private static PlanBlocker Refusal(ObjectId id, string owner, string fix) => new(id, Code, $"{id} exists and is not ours: {owner}", fix) { Reason = "NOT_OURS" };
}
