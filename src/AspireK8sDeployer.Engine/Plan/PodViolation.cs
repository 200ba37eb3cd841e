namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Something of a pod that a Pod Security Standard forbids.</summary>
/// <param name="Field">As its manifest has it, for example <c>hostPort (container agent)</c>.</param>
/// <param name="Sentence">What it means, for example <c>Container 'agent' takes a port of its node</c>.</param>
/// <param name="BreaksBaseline">Whether the baseline standard forbids it too, and not the restricted one alone.</param>
internal sealed record PodViolation(string Field, string Sentence, bool BreaksBaseline)
{
    public static PodViolation OfBaseline(string field, string sentence) => new(field, sentence, BreaksBaseline: true);

    public static PodViolation OfRestricted(string field, string sentence) => new(field, sentence, BreaksBaseline: false);
}
