namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>What settings are read for, which decides what must be known.</summary>
internal enum SettingsUse
{
    /// <summary>Manifests: no cluster and no secret is needed.</summary>
    Publish,

    /// <summary>A deploy: everything.</summary>
    Deploy,

    /// <summary>A destroy: where things are.</summary>
    Destroy,
}
