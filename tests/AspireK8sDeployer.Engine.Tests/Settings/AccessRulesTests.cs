using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Settings;

/// <summary>Ingress, Gateway and account.</summary>
public class AccessRulesTests
{
    public static TheoryData<IngressSettings, string, string> WrongIngresses => new()
    {
        { new() { Host = "Greeter.example.com" }, "Ingress.Host", "'Greeter.example.com' is not a DNS name (lower case letters, digits, '-' and '.', at most 253; the first label may be '*')" },
        { new() { Host = "a.*.example.com" }, "Ingress.Host", "'a.*.example.com' is not a DNS name (lower case letters, digits, '-' and '.', at most 253; the first label may be '*')" },
        { new() { Host = "*" }, "Ingress.Host", "'*' is not a DNS name (lower case letters, digits, '-' and '.', at most 253; the first label may be '*')" },
        { new() { Host = "" }, "Ingress.Host", "'' is not a DNS name (lower case letters, digits, '-' and '.', at most 253; the first label may be '*')" },
        { new() { Host = "10.0.0.1" }, "Ingress.Host", "'10.0.0.1' is an address, and only DNS names can be routed by" },
        { new() { Host = "https://greeter.example.com" }, "Ingress.Host", "'https://greeter.example.com' is more than a host: scheme, port and path are not part of it" },
        { new() { Host = "greeter.example.com:8080" }, "Ingress.Host", "'greeter.example.com:8080' is more than a host: scheme, port and path are not part of it" },
        { new() { Path = "greeter" }, "Ingress.Path", "'greeter' does not begin with '/'" },
        { new() { Path = "" }, "Ingress.Path", "'' does not begin with '/'" },
        { new() { Path = "/a//b" }, "Ingress.Path", "'/a//b' contains '//'" },
        { new() { Path = "/a/../b" }, "Ingress.Path", "'/a/../b' contains '/../'" },
        { new() { Path = "/a/." }, "Ingress.Path", "'/a/.' ends with '/.'" },
        { new() { Path = "/a%2Fb" }, "Ingress.Path", "'/a%2Fb' contains '%2F'" },
        { new() { Path = "/a?b=1" }, "Ingress.Path", "'/a?b=1' has characters that no request's path has ('?', '#', white space)" },
        { new() { Path = "/a", PathType = (IngressPathType)7 }, "Ingress.PathType", "7 is not a path type" },
        { new() { Path = "a(.*)", PathType = IngressPathType.ImplementationSpecific }, "Ingress.Path", "'a(.*)' does not begin with '/'" },
        { new() { ClassName = "My Class" }, "Ingress.ClassName", "'My Class' is not the name of an IngressClass" },
        { new() { ClassName = "nginx", Annotations = Map("kubernetes.io/ingress.class", "alb") }, "Ingress.ClassName", "'nginx' and the annotation kubernetes.io/ingress.class name different classes" },
        { new() { TlsEnabled = true, TlsSecretName = "tls" }, "Ingress.Host", "TLS needs a host, for which the certificate is" },
        { new() { TlsEnabled = true, Host = "a.example.com" }, "Ingress.TlsSecretName", "TLS needs the name of a Secret with the certificate" },
        { new() { TlsEnabled = true, Host = "a.example.com", TlsSecretName = "T_" }, "Ingress.TlsSecretName", "'T_' is not the name of a Secret" },
        { new() { Host = "a.example.com", TlsSecretName = "tls" }, "Ingress.TlsSecretName", "'tls' has no effect while TLS is off" },
        { new() { Annotations = Map("a b", "c") }, "Ingress.Annotations", "'a b' is not an annotation's key ([prefix/]name)" },
        { new() { Annotations = Map("example.com/large", new string('é', 131_072)) }, "Ingress.Annotations", "together they are 262161 bytes, more than 262144" },
    };

    public static TheoryData<GatewaySettings, string, string> WrongGateways => new()
    {
        { new() { Name = "My_Gateway" }, "Gateway.Name", "'My_Gateway' is not the name of a Gateway" },
        { new() { Name = "g", Namespace = "a.b" }, "Gateway.Namespace", "'a.b' is not the name of a namespace" },
        { new() { Name = "g", Listener = "HTTPS" }, "Gateway.Listener", "'HTTPS' is not the name of a listener" },
        { new() { Name = "g", Host = "::1" }, "Gateway.Host", "'::1' is an address, and only DNS names can be routed by" },
        { new() { Name = "g", Path = "greeter" }, "Gateway.Path", "'greeter' does not begin with '/'" },
        { new() { Name = "g", Path = "/größe" }, "Gateway.Path", "'/größe' has characters that a route's path cannot have (letters, digits and -/._~!$&'()*+,;=:@ are allowed, others as %XX)" },
        { new() { Name = "g", Path = "/" + new string('a', 1024) }, "Gateway.Path", "it has 1025 characters, more than 1024" },
        { new() { Name = "g", Annotations = Map("aspire-k8s.dev/x", "y") }, "Gateway.Annotations", "'aspire-k8s.dev/x' is set by the deployer" },
    };

    public static TheoryData<ServiceAccountSettings, string, string> WrongAccounts => new()
    {
        { new() { Name = "A_b" }, "ServiceAccount.Name", "'A_b' is not the name of a ServiceAccount" },
        { new() { Name = "default", Create = true }, "ServiceAccount.Create", "every namespace has an account 'default' of its own, which cannot be created" },
        { new() { Name = "a", Annotations = Map("example.com/a", "b") }, "ServiceAccount.Annotations", "they can be put on an account only that is created with the deployment" },
        { new() { Name = "a", Role = "r", ClusterRole = "c" }, "ServiceAccount.Role", "the Role 'r' and the ClusterRole 'c' are both named, and one can be bound" },
        { new() { Name = "a", Role = "a/b" }, "ServiceAccount.Role", "'a/b' is not the name of a role (without '/' and '%')" },
        { new() { ClusterRole = "view" }, "ServiceAccount.ClusterRole", "'view' would be given to the namespace's default account, and so to every pod that names none" },
        { new() { Name = "default", Role = "r" }, "ServiceAccount.Role", "'r' would be given to the namespace's default account, and so to every pod that names none" },
    };

    [Theory]
    [MemberData(nameof(WrongIngresses))]
    public void AWrongIngress_IsNamed(IngressSettings ingress, string setting, string problem) => IsNamed(A.Settings() with { Ingress = ingress }, setting, problem);

    [Theory]
    [MemberData(nameof(WrongGateways))]
    public void AWrongGateway_IsNamed(GatewaySettings gateway, string setting, string problem) => IsNamed(A.Settings() with { Gateway = gateway }, setting, problem);

    [Theory]
    [MemberData(nameof(WrongAccounts))]
    public void AWrongAccount_IsNamed(ServiceAccountSettings account, string setting, string problem) => IsNamed(A.Settings() with { ServiceAccount = account }, setting, problem);

    [Fact]
    public void TwoPaths_AreOneTooMany() => IsNamed(
        A.Settings() with { Ingress = new IngressSettings { Path = "/a" }, Gateway = new GatewaySettings { Name = "g", Path = "/b" } },
        "Gateway.Path", "'/b' is not the path of the Ingress, '/a', and a pipeline has one path besides '/'");

    public static TheoryData<IngressSettings> RightIngresses => new()
    {
        new IngressSettings(),
        new IngressSettings { Host = "*.example.com", Path = "/a/b/", PathType = IngressPathType.Exact },
        new IngressSettings { Path = "/greeter(/|$)(.*)?", PathType = IngressPathType.ImplementationSpecific },
        new IngressSettings { ClassName = "nginx", Annotations = Map("kubernetes.io/ingress.class", "nginx") },
        new IngressSettings { Annotations = Map("Example.com/a", "b") },
    };

    [Theory]
    [MemberData(nameof(RightIngresses))]
    public void ARightIngress_IsTaken(IngressSettings ingress) => Assert.Empty(SettingsValidator.Validate(A.Settings() with { Ingress = ingress }));

    private static void IsNamed(DeploymentSettings settings, string setting, string problem)
    {
        var error = Assert.Single(SettingsValidator.Validate(settings));

        Assert.Equal((setting, problem), (error.Setting, error.Problem));
        Assert.NotEmpty(error.Fix);
    }

    private static Dictionary<string, string> Map(string key, string value) => new() { [key] = value };
}
