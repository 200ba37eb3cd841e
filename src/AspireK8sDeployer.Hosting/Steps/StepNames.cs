namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>The names of the deploy steps, as <c>aspire do</c> takes them.</summary>
internal static class StepNames
{
    public static string Publish(string deployer) => $"publish-{deployer}";

    public static string Rbac(string deployer) => $"rbac-{deployer}";

    public static string Cluster(string deployer) => $"cluster-{deployer}";

    public static string Preflight(string deployer) => $"preflight-{deployer}";

    public static string Plan(string deployer) => $"plan-{deployer}";

    public static string Image(string deployment) => $"image-{deployment}";

    public static string Deploy(string deployment) => $"deploy-{deployment}";

    public static string Summary(string deployer) => $"summary-{deployer}";

    public static string Destroy(string deployer) => $"destroy-{deployer}";

    public static string Status(string deployer) => $"status-{deployer}";

    public static string Logs(string deployment) => $"logs-{deployment}";

    public static string Invoke(string deployment) => $"invoke-{deployment}";

    public static string Rollback(string deployment) => $"rollback-{deployment}";

    public static string Binding(string deployment) => $"binding-{deployment}";
}
