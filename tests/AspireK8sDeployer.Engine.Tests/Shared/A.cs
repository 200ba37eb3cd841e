using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Shared;

/// <summary>Values that tests begin with.</summary>
internal static class A
{
    public const string Image = "registry.example.com/greeter@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static byte[] Salt => [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    public static DeploymentSettings Settings() => new() { Name = "greeter", Namespace = "demo", Application = "Greeter.AppHost", Image = Image };
}
