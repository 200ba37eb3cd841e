using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary><c>kubectl --as</c>: acting as somebody else, for those who may.</summary>
internal static class Impersonation
{
    public static UserInfo Apply(Authorizer authorizer, UserInfo user, IHeaderDictionary headers)
    {
        var name = headers["Impersonate-User"].ToString();
        var groups = headers["Impersonate-Group"].Select(group => group ?? "").ToList();
        if (name.Length == 0)
        {
            return groups.Count == 0 ? user : throw ApiException.BadRequest("requested [groups] without impersonating a user");
        }

        var parts = name.Split(':');
        if (name.StartsWith("system:serviceaccount:", StringComparison.Ordinal) && parts.Length == 4)
        {
            Require(authorizer, user, new AccessQuestion("impersonate") { Resource = "serviceaccounts", Namespace = parts[2], Name = parts[3] });
        }
        else
        {
            Require(authorizer, user, new AccessQuestion("impersonate") { Resource = "users", Name = name });
        }

        foreach (var group in groups)
        {
            Require(authorizer, user, new AccessQuestion("impersonate") { Resource = "groups", Name = group });
        }

        var implied = groups.Count > 0 ? groups : ServiceAccounts.GroupsOf(name);
        return new UserInfo(name, [.. implied.Append(UserInfo.AuthenticatedGroup).Distinct()]);
    }

    private static void Require(Authorizer authorizer, UserInfo user, AccessQuestion question)
    {
        if (!authorizer.Decide(user, question).Allowed)
        {
            var resource = new ResourceDefinition
            {
                Group = "",
                Version = "v1",
                Plural = question.Resource,
                Kind = "",
                ListKind = "",
                Singular = "",
            };
            throw ApiException.Forbidden(resource, question.Name, question.Refusal(user));
        }
    }
}
