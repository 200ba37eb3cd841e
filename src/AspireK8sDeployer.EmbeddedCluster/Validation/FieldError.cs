using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>One wrong field: the cause's reason, its path, and the text for people.</summary>
internal sealed record FieldError(string Type, string Field, string Message)
{
    public StatusCause ToCause() => new(Type, Message, Field);
}
