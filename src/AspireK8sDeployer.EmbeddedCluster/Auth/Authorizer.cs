using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>Decides by RBAC: the rules that reach a user through bindings, nothing else. <c>system:masters</c> may do everything.</summary>
internal sealed class Authorizer(ObjectStore store, ResourceTable table)
{
    private const string Group = "rbac.authorization.k8s.io/v1";

    private static readonly ConditionalWeakTable<StoredObject, object> Read = [];

    private readonly ResourceDefinition _roles = table.Kind(Group, "Role");
    private readonly ResourceDefinition _clusterRoles = table.Kind(Group, "ClusterRole");
    private readonly ResourceDefinition _roleBindings = table.Kind(Group, "RoleBinding");
    private readonly ResourceDefinition _clusterRoleBindings = table.Kind(Group, "ClusterRoleBinding");

    public Decision Decide(UserInfo user, AccessQuestion question)
    {
        if (user.Groups.Contains(UserInfo.AdministratorsGroup))
        {
            return new Decision(true, "");
        }

        foreach (var (rule, reason) in RulesFor(user, question.Path is null ? question.Namespace : ""))
        {
            if (rule.Allows(question))
            {
                return new Decision(true, $"RBAC: allowed by {reason()}");
            }
        }

        return new Decision(false, "");
    }

    /// <summary>Every rule that the user has in a namespace (or, with "", in the cluster).</summary>
    public IEnumerable<PolicyRule> Rules(UserInfo user, string ns) => RulesFor(user, ns).Select(pair => pair.Rule);

    /// <summary>The rules of a role by reference; none when it is not there.</summary>
    public IReadOnlyList<PolicyRule> RulesOf(string kind, string name, string ns) =>
        (kind == "Role" ? store.Get(_roles, ns, name) : store.Get(_clusterRoles, "", name)) is { } role ? RulesOf(role) : [];

    private static T Cached<T>(StoredObject stored, Func<JsonObject, T> read)
        where T : class =>
        (T)Read.GetValue(stored, s => read(s.ToJsonObject()));

    private static IReadOnlyList<PolicyRule> RulesOf(StoredObject role) => Cached<IReadOnlyList<PolicyRule>>(
        role, json => [.. (json["rules"] as JsonArray ?? []).OfType<JsonObject>().Select(PolicyRule.FromJson)]);

    private IEnumerable<(PolicyRule Rule, Func<string> Reason)> RulesFor(UserInfo user, string ns)
    {
        foreach (var stored in store.ShelfOf(_clusterRoleBindings).Objects.Values)
        {
            var binding = Cached(stored, RoleBindingPolicy.FromJson);
            if (binding.Find(user, "") is { } subject)
            {
                foreach (var rule in RulesOf("ClusterRole", binding.RoleName, ""))
                {
                    yield return (rule, () => $"ClusterRoleBinding \"{stored.Name}\" of ClusterRole \"{binding.RoleName}\" to {subject}");
                }
            }
        }

        if (ns.Length == 0)
        {
            yield break;
        }

        foreach (var stored in store.ShelfOf(_roleBindings).Objects.Values.Where(stored => stored.Namespace == ns))
        {
            var binding = Cached(stored, RoleBindingPolicy.FromJson);
            if (binding.Find(user, ns) is { } subject)
            {
                foreach (var rule in RulesOf(binding.RoleKind, binding.RoleName, ns))
                {
                    yield return (rule, () => $"RoleBinding \"{stored.Name}/{ns}\" of {binding.RoleKind} \"{binding.RoleName}\" to {subject}");
                }
            }
        }
    }
}

/// <summary>The answer, and by which binding when it is yes.</summary>
internal sealed record Decision(bool Allowed, string Reason);
