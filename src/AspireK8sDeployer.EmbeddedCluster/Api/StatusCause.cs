namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>One entry of <c>details.causes</c> of a Status.</summary>
/// <param name="Reason">A word such as <c>FieldValueInvalid</c>.</param>
/// <param name="Message">The text for people.</param>
/// <param name="Field">The path of the field, such as <c>spec.replicas</c>; null when the cause is not about one.</param>
internal sealed record StatusCause(string Reason, string Message, string? Field = null);
