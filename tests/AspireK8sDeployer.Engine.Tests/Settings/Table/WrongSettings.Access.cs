using AspireK8sDeployer.Engine.Settings;
using static AspireK8sDeployer.Engine.Tests.Settings.Table.Given;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

internal static partial class WrongSettings
{
    /// <summary>Ingress, Gateway and account.</summary>
    private static readonly WrongTable Access = new()
    {
        { "Ingress.ClassName", Ingress(new() { ClassName = "My Class" }), "'My Class' is not the name of an IngressClass", """.WithIngress(i => i.ClassName = "nginx")""" },
        { "Ingress.ClassName", Ingress(new() { ClassName = "nginx", Annotations = Map("kubernetes.io/ingress.class", "alb") }), "'nginx' and the annotation kubernetes.io/ingress.class name different classes", "leave the annotation out" },
        { "Ingress.Host", Ingress(new() { Host = "Greeter.example.com" }), "'Greeter.example.com' is not a DNS name (lower case letters, digits, '-' and '.', at most 253; the first label may be '*')" },
        { "Ingress.Host", Ingress(new() { Host = "a.*.example.com" }), "'a.*.example.com' is not a DNS name (lower case letters, digits, '-' and '.', at most 253; the first label may be '*')" },
        { "Ingress.Host", Ingress(new() { Host = "*" }), "'*' is not a DNS name (lower case letters, digits, '-' and '.', at most 253; the first label may be '*')" },
        { "Ingress.Host", Ingress(new() { Host = "" }), "'' is not a DNS name (lower case letters, digits, '-' and '.', at most 253; the first label may be '*')" },
        { "Ingress.Host", Ingress(new() { Host = "10.0.0.1" }), "'10.0.0.1' is an address, and only DNS names can be routed by" },
        { "Ingress.Host", Ingress(new() { Host = "https://greeter.example.com" }), "'https://greeter.example.com' is more than a host: scheme, port and path are not part of it" },
        { "Ingress.Host", Ingress(new() { Host = "greeter.example.com:8080" }), "'greeter.example.com:8080' is more than a host: scheme, port and path are not part of it" },
        { "Ingress.Host", Ingress(new() { TlsEnabled = true, TlsSecretName = "tls" }), "TLS needs a host, for which the certificate is" },
        { "Ingress.Path", Ingress(new() { Path = "greeter" }), "'greeter' does not begin with '/'" },
        { "Ingress.Path", Ingress(new() { Path = "" }), "'' does not begin with '/'" },
        { "Ingress.Path", Ingress(new() { Path = "/a//b" }), "'/a//b' contains '//'" },
        { "Ingress.Path", Ingress(new() { Path = "/a/../b" }), "'/a/../b' contains '/../'" },
        { "Ingress.Path", Ingress(new() { Path = "/a/." }), "'/a/.' ends with '/.'" },
        { "Ingress.Path", Ingress(new() { Path = "/a%2Fb" }), "'/a%2Fb' contains '%2F'" },
        { "Ingress.Path", Ingress(new() { Path = "/a?b=1" }), "'/a?b=1' has characters that no request's path has ('?', '#', white space)" },
        { "Ingress.Path", Ingress(new() { Path = "a(.*)", PathType = IngressPathType.ImplementationSpecific }), "'a(.*)' does not begin with '/'" },
        { "Ingress.PathType", Ingress(new() { PathType = (IngressPathType)9 }), "9 is not a path type", ".WithIngress(i => i.PathType = IngressPathType.Prefix)" },
        { "Ingress.TlsSecretName", Ingress(new() { Host = "a.example.com", TlsSecretName = "tls" }), "'tls' has no effect while TLS is off", ".WithIngress(i => i.TlsEnabled = true)" },
        { "Ingress.TlsSecretName", Ingress(new() { Host = "a.example.com", TlsEnabled = true }), "TLS needs the name of a Secret with the certificate" },
        { "Ingress.TlsSecretName", Ingress(new() { Host = "a.example.com", TlsEnabled = true, TlsSecretName = "T_" }), "'T_' is not the name of a Secret" },
        { "Ingress.Annotations", Ingress(new() { Annotations = Map("a b", "c") }), "'a b' is not an annotation's key ([prefix/]name)", """.WithIngress(i => i.Annotations["example.com/key"] = "value")""" },
        { "Ingress.Annotations", Ingress(new() { Annotations = Map("aspire-k8s.dev/x", "y") }), "'aspire-k8s.dev/x' is set by the deployer", "use another key" },
        { "Ingress.Annotations", Ingress(new() { Annotations = Map("example.com/large", new string('é', 131_072)) }), "together they are 262161 bytes, more than 262144", "move what is large into the image or a Secret" },

        { "Gateway.Name", Gateway(new() { Name = "My_Gateway" }), "'My_Gateway' is not the name of a Gateway", """.WithGateway("my-gateway")""" },
        { "Gateway.Namespace", Gateway(new() { Name = "shared", Namespace = "a.b" }), "'a.b' is not the name of a namespace", """.WithGateway("my-gateway", g => g.Namespace = "gateways")""" },
        { "Gateway.Listener", Gateway(new() { Name = "shared", Listener = "HTTPS" }), "'HTTPS' is not the name of a listener", """.WithGateway("my-gateway", g => g.Listener = "https")""" },
        { "Gateway.Host", Gateway(new() { Name = "shared", Host = "Greeter" }), "'Greeter' is not a DNS name (lower case letters, digits, '-' and '.', at most 253; the first label may be '*')" },
        { "Gateway.Host", Gateway(new() { Name = "shared", Host = "::1" }), "'::1' is an address, and only DNS names can be routed by" },
        { "Gateway.Host", Gateway(new() { Name = "shared", Host = "a.example.com/x" }), "'a.example.com/x' is more than a host: scheme, port and path are not part of it" },
        { "Gateway.Path", Gateway(new() { Name = "shared", Path = "greeter" }), "'greeter' does not begin with '/'" },
        { "Gateway.Path", Gateway(new() { Name = "shared", Path = "/a//b" }), "'/a//b' contains '//'" },
        { "Gateway.Path", Gateway(new() { Name = "shared", Path = "/a/.." }), "'/a/..' ends with '/..'" },
        { "Gateway.Path", Gateway(new() { Name = "shared", Path = "/größe" }), "'/größe' has characters that a route's path cannot have (letters, digits and -/._~!$&'()*+,;=:@ are allowed, others as %XX)" },
        { "Gateway.Path", Gateway(new() { Name = "shared", Path = "/" + new string('a', 1024) }), "it has 1025 characters, more than 1024" },
        { "Gateway.Path", With(s => s with { Ingress = new() { Path = "/a" }, Gateway = new() { Name = "shared", Path = "/b" } }), "'/b' is not the path of the Ingress, '/a', and a pipeline has one path besides '/'", """.WithGateway("shared", g => g.Path = "/a")""" },
        { "Gateway.Annotations", Gateway(new() { Name = "shared", Annotations = Map("a b", "c") }), "'a b' is not an annotation's key ([prefix/]name)", """.WithGateway("my-gateway", g => g.Annotations["example.com/key"] = "value")""" },
        { "Gateway.Annotations", Gateway(new() { Name = "shared", Annotations = Map("aspire-k8s.dev/x", "y") }), "'aspire-k8s.dev/x' is set by the deployer", "use another key" },

        { "ServiceAccount.Name", ServiceAccount(new() { Name = "A_b" }), "'A_b' is not the name of a ServiceAccount", """.WithServiceAccount("greeter")""" },
        { "ServiceAccount.Create", ServiceAccount(new() { Name = "default", Create = true }), "every namespace has an account 'default' of its own, which cannot be created", """.WithServiceAccount("greeter", s => s.Create = true)""" },
        { "ServiceAccount.Annotations", ServiceAccount(new() { Name = "reader", Annotations = Map("example.com/a", "b") }), "they can be put on an account only that is created with the deployment", ".WithServiceAccount(s => s.Create = true)" },
        { "ServiceAccount.Annotations", ServiceAccount(new() { Create = true, Annotations = Map("a b", "c") }), "'a b' is not an annotation's key ([prefix/]name)", """.WithServiceAccount(s => s.Annotations["example.com/key"] = "value")""" },
        { "ServiceAccount.Role", ServiceAccount(new() { Name = "reader", Role = "a/b" }), "'a/b' is not the name of a role (without '/' and '%')", """.WithServiceAccount(s => s.Role = "reader")""" },
        { "ServiceAccount.Role", ServiceAccount(new() { Name = "reader", Role = "r", ClusterRole = "c" }), "the Role 'r' and the ClusterRole 'c' are both named, and one can be bound", "leave one of them out" },
        { "ServiceAccount.Role", ServiceAccount(new() { Name = "default", Role = "r" }), "'r' would be given to the namespace's default account, and so to every pod that names none", ".WithServiceAccount(s => s.Create = true)" },
        { "ServiceAccount.ClusterRole", ServiceAccount(new() { Name = "reader", ClusterRole = ".." }), "'..' is not the name of a role (without '/' and '%')", """.WithServiceAccount(s => s.ClusterRole = "view")""" },
        { "ServiceAccount.ClusterRole", ServiceAccount(new() { ClusterRole = "view" }), "'view' would be given to the namespace's default account, and so to every pod that names none", ".WithServiceAccount(s => s.Create = true)" },
    };
}
