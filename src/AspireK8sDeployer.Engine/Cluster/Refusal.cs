namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Why credentials were refused, and what mends it.</summary>
/// <param name="Problem">For example <c>its token expired on 2026-01-01 10:00 UTC</c>.</param>
/// <param name="Fix">What the user does.</param>
internal sealed record Refusal(string Problem, string Fix);
