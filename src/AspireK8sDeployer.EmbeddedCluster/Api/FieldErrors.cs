using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Validation;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Turns what validation found into the 422 that the client gets.</summary>
internal static class FieldErrors
{
    public static void ThrowIfAny(ResourceDefinition resource, string name, IReadOnlyList<FieldError> errors)
    {
        if (errors.Count > 0)
        {
            throw ApiException.Invalid(resource, name, [.. errors.Select(e => e.ToCause())]);
        }
    }
}
