namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>As whom a kubeconfig's user acts.</summary>
internal static class Impersonation
{
    public static IEnumerable<KeyValuePair<string, string>> Headers(KubeconfigContext context)
    {
        var user = context.User;
        var extra = user["as-user-extra"] as System.Text.Json.Nodes.JsonObject ?? [];
        if (user.Text("as") is not { Length: > 0 } name)
        {
            return user.Texts("as-groups").Any() || extra.Count > 0 || !string.IsNullOrEmpty(user.Text("as-uid"))
                ? throw KubeconfigAccess.Broken(context, "its user acts with groups, a uid or extras of another one ('as-…') without naming that one ('as')")
                : [];
        }

        IEnumerable<KeyValuePair<string, string>> uid = user.Text("as-uid") is { Length: > 0 } id ? [KeyValuePair.Create("Impersonate-Uid", id)] : [];
        return
        [
            KeyValuePair.Create("Impersonate-User", name),
            .. uid,
            .. user.Texts("as-groups").Select(group => KeyValuePair.Create("Impersonate-Group", group)),
            .. extra.SelectMany(item => extra.Texts(item.Key).Select(value => KeyValuePair.Create($"Impersonate-Extra-{Uri.EscapeDataString(item.Key)}", value))),
        ];
    }
}
