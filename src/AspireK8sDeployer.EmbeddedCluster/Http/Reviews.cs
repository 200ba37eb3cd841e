using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Kinds that are questions: creating one answers it, and nothing is stored.</summary>
internal static class Reviews
{
    public static Func<ApiContext, Task>? Find(ResourceDefinition resource) => resource.Kind switch
    {
        "SelfSubjectAccessReview" or "SubjectAccessReview" or "LocalSubjectAccessReview" => AccessReviewHandler.ReviewAsync,
        "SelfSubjectRulesReview" => RulesReviewHandler.ReviewAsync,
        "SelfSubjectReview" => IdentityReviewHandler.SelfAsync,
        "TokenReview" => IdentityReviewHandler.TokenAsync,
        "Binding" when resource.Group.Length == 0 => BindingHandler.BindAsync,
        _ => null,
    };
}
