using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>Nobody gives away rights that they do not have themselves, by writing roles or by binding them.</summary>
internal sealed class RoleEscalation(Authorizer authorizer) : IAdmissionPlugin
{
    private const string Group = "rbac.authorization.k8s.io";

    public void Validate(AdmissionRequest request)
    {
        var write = request.Write;
        if (write.Resource.Group != Group || request.Object is not { } obj || write.User.Groups.Contains(UserInfo.AdministratorsGroup))
        {
            return;
        }

        switch (write.Resource.Kind)
        {
            case "Role" or "ClusterRole":
                if (!JsonValues.Same(obj["rules"], request.Old?["rules"]) && !May(request, "escalate", write.Name, write.Resource.Plural))
                {
                    Require(request, [.. obj.Objects("rules").Select(PolicyRule.FromJson)]);
                }

                break;
            case "RoleBinding" or "ClusterRoleBinding":
                var role = obj.ObjectOrNew("roleRef");
                var plural = role.TextOf("kind") == "Role" ? "roles" : "clusterroles";
                if (!Unchanged(request, obj) && !May(request, "bind", role.TextOf("name"), plural))
                {
                    Require(request, authorizer.RulesOf(role.TextOf("kind"), role.TextOf("name"), write.Namespace));
                }

                break;
        }
    }

    private static bool Unchanged(AdmissionRequest request, JsonObject obj) =>
        request.Old is { } old && JsonValues.Same(obj["roleRef"], old["roleRef"]) && JsonValues.Same(obj["subjects"], old["subjects"]);

    private bool May(AdmissionRequest request, string verb, string name, string plural) => authorizer.Decide(
        request.Write.User,
        new AccessQuestion(verb) { Group = Group, Resource = plural, Namespace = request.Write.Namespace, Name = name }).Allowed;

    private void Require(AdmissionRequest request, IReadOnlyList<PolicyRule> wanted)
    {
        var user = request.Write.User;
        var held = authorizer.Rules(user, request.Write.Namespace).ToList();
        var missing = wanted.SelectMany(rule => rule.Breakdown()).Where(single => !held.Any(rule => rule.Covers(single))).ToList();
        if (missing.Count > 0)
        {
            throw ApiException.Forbidden(
                request.Write.Resource,
                request.Write.Name,
                $"user {ServerText.Quote(user.Name)} (groups=[{string.Join(' ', user.Groups.Select(ServerText.Quote))}]) is attempting to grant RBAC "
                + $"permissions not currently held:\n{string.Join('\n', Joined(missing))}");
        }
    }

    // One line per group and resource, with all of its verbs.
    private static IEnumerable<string> Joined(List<PolicyRule> missing) => missing
        .GroupBy(rule => (Groups: string.Join(',', rule.Groups), Resources: string.Join(',', rule.Resources), Names: string.Join(',', rule.Names), Paths: string.Join(',', rule.Paths)))
        .Select(group => (group.First() with { Verbs = [.. group.SelectMany(rule => rule.Verbs).Distinct()] }).ToString())
        .Order(StringComparer.Ordinal);
}
