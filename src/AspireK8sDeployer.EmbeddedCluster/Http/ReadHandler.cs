using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>GET of one object.</summary>
internal static class ReadHandler
{
    public static Task GetAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        if (context.Query("resourceVersion") is { Length: > 0 } version)
        {
            if (!Versions.TryParse(version, out var number))
            {
                throw new ApiException(500, "", ListQuery.InvalidVersion(version));
            }

            ListQuery.RequireReached(context.Parts.Store, number);
        }

        var stored = context.Parts.Store.Get(context.Resource, context.Namespace, context.Info.Name)
            ?? throw ApiException.NotFound(context.Resource, context.Info.Name);

        // The common case needs no parsing: the bytes are the answer.
        if (format.Shape == AnswerShape.Object && stored.Resource == context.Resource)
        {
            Answers.AddWarnings(context);
            return Answers.BytesAsync(context.Http, 200, format, stored.Json);
        }

        return Answers.ObjectAsync(context, format, 200, Conversion.Read(stored, context.Resource));
    }
}
