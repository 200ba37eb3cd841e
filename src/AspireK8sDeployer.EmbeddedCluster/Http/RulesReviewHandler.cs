using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Tables;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Answers what one may do in a namespace.</summary>
internal static class RulesReviewHandler
{
    public static async Task ReviewAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var review = await ReviewBody.ReadAsync(context).ConfigureAwait(false);
        var ns = review.Text("spec", "namespace");
        if (ns.Length == 0)
        {
            throw ApiException.BadRequest("no namespace on request");
        }

        var rules = context.Parts.Authorizer.Rules(context.User, ns).ToList();
        if (context.User.Groups.Contains(UserInfo.AdministratorsGroup) && !rules.Any(rule => rule.Resources.Contains("*")))
        {
            rules.Add(new PolicyRule(["*"], ["*"], ["*"], [], []));
        }

        var answer = new JsonObject
        {
            ["kind"] = review["kind"]!.DeepClone(),
            ["apiVersion"] = review["apiVersion"]!.DeepClone(),
            ["metadata"] = new JsonObject(),
            ["spec"] = new JsonObject(),
            ["status"] = new JsonObject
            {
                ["resourceRules"] = new JsonArray([.. rules.Where(rule => rule.Paths.Count == 0).Select(rule => rule.ToJson())]),
                ["nonResourceRules"] = new JsonArray([.. rules.Where(rule => rule.Paths.Count > 0).Select(rule => rule.ToJson())]),
                ["incomplete"] = false,
            },
        };
        await Answers.ObjectAsync(context, format, 201, answer).ConfigureAwait(false);
    }
}
