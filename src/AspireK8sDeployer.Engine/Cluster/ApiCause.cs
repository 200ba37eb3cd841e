namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>One of the reasons that a Status gives.</summary>
/// <param name="Reason">The kind of reason, for example <c>FieldManagerConflict</c>.</param>
/// <param name="Field">The field, when it is about one.</param>
/// <param name="Message">The server's words.</param>
internal sealed record ApiCause(string Reason, string Field, string Message);
