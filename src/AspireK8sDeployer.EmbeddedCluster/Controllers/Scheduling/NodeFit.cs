using System.Globalization;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;

/// <summary>Why a pod does not fit on a node.</summary>
/// <param name="Reasons">In the scheduler's words, empty when it fits.</param>
/// <param name="MightFit">Whether it could fit if other pods went.</param>
internal sealed record NodeFit(IReadOnlyList<string> Reasons, bool MightFit)
{
    private static readonly NodeFit Fits = new([], true);

    /// <summary>Checks what the scheduler's filters check, in their order; the first that refuses has the word. Pure.</summary>
    public static NodeFit Check(V1Pod pod, V1Node node, IReadOnlyCollection<V1Pod> onNode)
    {
        if (node.Spec?.Unschedulable == true && !Tolerates(pod, new V1Taint { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" }))
        {
            return new(["node(s) were unschedulable"], MightFit: false);
        }

        if ((node.Spec?.Taints ?? []).FirstOrDefault(taint => taint.Effect is "NoSchedule" or "NoExecute" && !Tolerates(pod, taint)) is { } refused)
        {
            return new([$"node(s) had untolerated taint {{{refused.Key}: {refused.Value}}}"], MightFit: false);
        }

        if (!MatchesNode(pod, node))
        {
            return new(["node(s) didn't match Pod's node affinity/selector"], MightFit: false);
        }

        if (onNode.SelectMany(HostPorts).Intersect(HostPorts(pod)).Any())
        {
            return new(["node(s) didn't have free ports for the requested pod ports"], MightFit: true);
        }

        var insufficient = Insufficient(pod, node, onNode);
        if (insufficient.Reasons.Count > 0)
        {
            return insufficient;
        }

        if (LacksSpreadLabel(pod, node))
        {
            return new(["node(s) didn't match pod topology spread constraints (missing required label)"], MightFit: false);
        }

        return Repelled(pod, node, onNode) ? new(["node(s) didn't match pod anti-affinity rules"], MightFit: true) : Fits;
    }

    private static bool MatchesNode(V1Pod pod, V1Node node) =>
        LabelMatch.Matches(pod.Spec.NodeSelector, node.Metadata.Labels)
        && (pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms is not { } terms
            || terms.Any(term => Matches(term, node)));

    private static bool Matches(V1NodeSelectorTerm term, V1Node node)
    {
        var labels = node.Metadata.Labels ?? new Dictionary<string, string>();
        var fields = new Dictionary<string, string> { ["metadata.name"] = node.Metadata.Name };
        return (term.MatchExpressions is { Count: > 0 } || term.MatchFields is { Count: > 0 })
            && (term.MatchExpressions ?? []).All(expression => Matches(expression, labels))
            && (term.MatchFields ?? []).All(expression => Matches(expression, fields));
    }

    private static bool Matches(V1NodeSelectorRequirement requirement, IDictionary<string, string> values)
    {
        var found = values.TryGetValue(requirement.Key, out var value);
        return requirement.OperatorProperty switch
        {
            "In" => found && requirement.Values.Contains(value!),
            "NotIn" => !found || !requirement.Values.Contains(value!),
            "Exists" => found,
            "DoesNotExist" => !found,
            "Gt" => found && long.TryParse(value, CultureInfo.InvariantCulture, out var a) && a > long.Parse(requirement.Values[0], CultureInfo.InvariantCulture),
            "Lt" => found && long.TryParse(value, CultureInfo.InvariantCulture, out var b) && b < long.Parse(requirement.Values[0], CultureInfo.InvariantCulture),
            _ => false,
        };
    }

    private static bool Tolerates(V1Pod pod, V1Taint taint) => (pod.Spec.Tolerations ?? []).Any(toleration =>
        (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == taint.Effect)
        && (toleration.OperatorProperty == "Exists"
            ? string.IsNullOrEmpty(toleration.Key) || toleration.Key == taint.Key
            : toleration.Key == taint.Key && (toleration.Value ?? "") == (taint.Value ?? "")));

    private static IEnumerable<(int, string)> HostPorts(V1Pod pod) => pod.Spec.Containers
        .SelectMany(container => container.Ports ?? [])
        .Where(port => port.HostPort is > 0)
        .Select(port => (port.HostPort!.Value, port.Protocol ?? "TCP"));

    private static NodeFit Insufficient(V1Pod pod, V1Node node, IReadOnlyCollection<V1Pod> onNode)
    {
        var used = onNode.Select(other => Quantity.Requests(other.Spec)).ToArray();
        var reasons = new List<string>();
        var mightFit = true;
        foreach (var (name, asked) in Quantity.Requests(pod.Spec))
        {
            var capacity = node.Status?.Allocatable?.TryGetValue(name, out var quantity) == true ? Quantity.Value(quantity) : 0;
            if (asked > 0 && asked > capacity - used.Sum(requests => requests.GetValueOrDefault(name)))
            {
                reasons.Add(name == "pods" ? "Too many pods" : $"Insufficient {name}");
                mightFit &= asked <= capacity;
            }
        }

        return new NodeFit(reasons, mightFit);
    }

    private static bool LacksSpreadLabel(V1Pod pod, V1Node node) => (pod.Spec.TopologySpreadConstraints ?? [])
        .Any(constraint => constraint.WhenUnsatisfiable == "DoNotSchedule" && node.Metadata.Labels?.ContainsKey(constraint.TopologyKey) != true);

    /// <summary>With one node, whatever is in the same topology domain is on this node.</summary>
    private static bool Repelled(V1Pod pod, V1Node node, IReadOnlyCollection<V1Pod> onNode)
    {
        return Terms(pod).Any(term => Applies(term) && onNode.Any(other => Selects(term, pod, other)))
            || onNode.Any(other => Terms(other).Any(term => Applies(term) && Selects(term, other, pod)));

        static IEnumerable<V1PodAffinityTerm> Terms(V1Pod of) =>
            of.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [];

        bool Applies(V1PodAffinityTerm term) => node.Metadata.Labels?.ContainsKey(term.TopologyKey) == true;

        static bool Selects(V1PodAffinityTerm term, V1Pod owner, V1Pod candidate) =>
            (term.Namespaces is { Count: > 0 } namespaces
                ? namespaces.Contains(candidate.Metadata.NamespaceProperty)
                : term.NamespaceSelector is not null || candidate.Metadata.NamespaceProperty == owner.Metadata.NamespaceProperty)
            && LabelMatch.Matches(term.LabelSelector, candidate.Metadata.Labels);
    }
}
