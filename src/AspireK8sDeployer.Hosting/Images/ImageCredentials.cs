namespace AspireK8sDeployer.Hosting.Images;

/// <summary>A user of a registry. The password is never printed.</summary>
internal sealed record ImageCredentials(string User, string Password)
{
    public override string ToString() => User;
}
