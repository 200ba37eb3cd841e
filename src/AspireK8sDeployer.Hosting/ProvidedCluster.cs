namespace AspireK8sDeployer.Hosting;

/// <summary>A running cluster of an <see cref="IClusterProvider"/>.</summary>
/// <param name="Name">Its name, for example <c>default</c>.</param>
/// <param name="KubeconfigPath">The kubeconfig file that reaches it.</param>
/// <param name="Context">The context in that file.</param>
/// <param name="Registry">The registry that its nodes pull from.</param>
public sealed record ProvidedCluster(string Name, string KubeconfigPath, string Context, ProvidedRegistry Registry)
{
    /// <summary>Whether Services and pods can be called at their own addresses from this machine.</summary>
    public bool AddressesAreReachable { get; init; }
}

/// <summary>The registry of a <see cref="ProvidedCluster"/>.</summary>
/// <param name="Host">Host and port, for example <c>localhost:41234</c>.</param>
/// <param name="User">Who pushes and pulls.</param>
/// <param name="Password">That user's password.</param>
/// <param name="BaseImage">The base image to build on, for example <c>localhost:41234/dotnet/empty:latest</c>.</param>
public sealed record ProvidedRegistry(string Host, string User, string Password, string BaseImage)
{
    /// <summary>Names the registry and its user; the password is never printed.</summary>
    public override string ToString() => $"{User}@{Host}";
}
