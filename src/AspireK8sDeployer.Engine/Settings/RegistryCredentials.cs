namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Credentials with which nodes pull the image; they become a Secret and are never printed.</summary>
/// <param name="Host">The registry as the image reference names it, for example <c>registry.example.com:5000</c>.</param>
/// <param name="User">The user name.</param>
/// <param name="Password">The password or token.</param>
public sealed record RegistryCredentials(string Host, string User, string Password)
{
    /// <summary>The host and the user; never the password.</summary>
    public override string ToString() => $"{User}@{Host}";
}
