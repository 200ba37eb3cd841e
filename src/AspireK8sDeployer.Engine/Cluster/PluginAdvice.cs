namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What the user types when a plugin gives no credentials.</summary>
internal static class PluginAdvice
{
    private const int LongestHint = 300;

    /// <summary>The command that logs in, by the plugin's name.</summary>
    public static string? CommandOf(string plugin) => Path.GetFileNameWithoutExtension(plugin) switch
    {
        "aws" or "aws-iam-authenticator" => "aws sso login",
        "gke-gcloud-auth-plugin" or "gcloud" => "gcloud auth login",
        "kubelogin" => "kubelogin get-token' or 'az login",
        "az" => "az login",
        "kubectl-oidc_login" => "kubectl oidc-login get-token",
        "tsh" => "tsh login",
        "doctl" => "doctl auth init",
        "oci" => "oci session authenticate",
        "ibmcloud" => "ibmcloud login",
        "tanzu" => "tanzu login",
        "yc" => "yc init",
        _ => null,
    };

    public static string LogIn(string plugin) => CommandOf(plugin) is { } command
        ? $"run '{command}', and deploy again"
        : $"run '{plugin}' by itself, log in if it asks for it, and deploy again";

    /// <summary>For a plugin that is not installed; the kubeconfig may say how to come by it.</summary>
    public static string Install(string plugin, string? hint)
    {
        var login = CommandOf(plugin) is { } command ? $", run '{command}'" : "";
        var how = string.IsNullOrWhiteSpace(hint) ? "" : $" ({OneLine(hint)})";
        return $"install '{plugin}' so that it is in the PATH{how}{login}, and deploy again";
    }

    private static string OneLine(string hint)
    {
        var text = string.Join(' ', hint.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestHint ? text : text[..LongestHint] + "…";
    }
}
