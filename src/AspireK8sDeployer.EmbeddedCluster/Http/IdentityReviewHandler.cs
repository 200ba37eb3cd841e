using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Tables;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Answers who one is (SelfSubjectReview) and whose a token is (TokenReview).</summary>
internal static class IdentityReviewHandler
{
    public static async Task SelfAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var review = await ReviewBody.ReadAsync(context).ConfigureAwait(false);
        review.MetadataOf()["creationTimestamp"] = Metadata.Timestamp(context.Parts.Time.GetUtcNow());
        review["status"] = new JsonObject { ["userInfo"] = ToJson(context.User) };
        await Answers.ObjectAsync(context, format, 201, review).ConfigureAwait(false);
    }

    public static async Task TokenAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var review = await ReviewBody.ReadAsync(context).ConfigureAwait(false);
        var token = review.Text("spec", "token");
        if (token.Length == 0)
        {
            throw ApiException.BadRequest("token is required for TokenReview in authentication");
        }

        var asked = review.Strings("spec", "audiences");
        var found = context.Parts.Authenticator.Authenticate(token, asked.Count > 0 ? asked : [TokenIssuer.Audience]);
        var status = new JsonObject();
        if (found is null)
        {
            status["user"] = new JsonObject();
        }
        else
        {
            status["authenticated"] = true;
            status["user"] = ToJson(found.User);
            status.SetTexts("audiences", [.. found.Audiences]);
        }

        review["status"] = status;
        await Answers.ObjectAsync(context, format, 201, review).ConfigureAwait(false);
    }

    private static JsonObject ToJson(UserInfo user)
    {
        var json = new JsonObject { ["username"] = user.Name };
        if (user.Uid.Length > 0)
        {
            json["uid"] = user.Uid;
        }

        json.SetTexts("groups", [.. user.Groups]);
        if (user.Extra.Count > 0)
        {
            var extra = new JsonObject();
            foreach (var (key, values) in user.Extra)
            {
                extra.SetTexts(key, [.. values]);
            }

            json["extra"] = extra;
        }

        return json;
    }
}
