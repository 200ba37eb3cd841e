namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Every setting of a deployment that configuration can give, by the name that the documentation uses.</summary>
internal static class SettingRows
{
    public static readonly IReadOnlyList<SettingRow> Deployment =
    [
        SettingRow.Text("Namespace", "pipelines", (options, value) => options.Namespace = value),
        SettingRow.Number("Cpu", "0.5", (options, value) => options.Cpu = value),
        SettingRow.Text("Memory", "512Mi", (options, value) => options.Memory = value),
        SettingRow.Integer("Gpu", "1", (options, value) => options.Gpu = value),
        SettingRow.Integer("MinReplicas", "1", (options, value) => options.MinReplicas = value),
        SettingRow.Integer("MaxReplicas", "3", (options, value) => options.MaxReplicas = value),
        SettingRow.Choice<Engine.Settings.ServiceType>("ServiceType", (options, value) => options.Service.Type = value),
        SettingRow.Integer("ServicePort", "8000", (options, value) => options.Service.Port = value),
        SettingRow.Integer("NodePort", "30080", (options, value) => options.Service.NodePort = value),
        SettingRow.Choice<Engine.Settings.SessionAffinity>("SessionAffinity", (options, value) => options.Service.SessionAffinity = value),
        SettingRow.Text("LoadBalancerIP", "203.0.113.10", (options, value) => options.Service.LoadBalancerIP = value),
        SettingRow.List("LoadBalancerSourceRanges", "10.0.0.0/8", (options, value) => options.Service.LoadBalancerSourceRanges = value),
        SettingRow.Map("ServiceAnnotations", "ServiceAnnotations:example.com/key=value", options => options.Service.Annotations),
        SettingRow.Choice<Engine.Settings.ImagePullPolicy>("ImagePullPolicy", (options, value) => options.ImagePullPolicy = value),
        SettingRow.List("ImagePullSecrets", "registry-login", (options, value) => options.ImagePullSecrets = value),
        SettingRow.Duration("DeployTimeout", "00:10:00", (options, value) => options.DeployTimeout = value),
    ];

    /// <summary>Sections below a deployment's that are input of other steps, not settings.</summary>
    public static readonly IReadOnlyList<string> DeploymentSections = ["Invoke", "Logs", "Rollback"];

    /// <summary>The settings of a deployer itself.</summary>
    public static readonly IReadOnlyList<string> Deployer = [DeployerKeys.Context, DeployerKeys.Kubeconfig, DeployerKeys.Namespace];
}
