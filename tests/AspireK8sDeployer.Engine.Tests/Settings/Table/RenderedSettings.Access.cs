using AspireK8sDeployer.Engine.Settings;
using static AspireK8sDeployer.Engine.Tests.Settings.Table.Given;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

internal static partial class RenderedSettings
{
    /// <summary>Ingress, Gateway and account.</summary>
    private static readonly RenderedTable Access = new()
    {
        { "Ingress.ClassName", With(s => s), "Ingress", null },
        { "Ingress.ClassName", Ingress(new()), "Ingress spec.ingressClassName", null },
        { "Ingress.ClassName", Ingress(new() { ClassName = "nginx" }), "Ingress spec.ingressClassName", "\"nginx\"" },
        { "Ingress.Host", Ingress(new()), "Ingress spec.rules[0].host", null },
        { "Ingress.Host", Ingress(new() { Host = "*.example.com" }), "Ingress spec.rules[0].host", "\"*.example.com\"" },
        { "Ingress.Path", Ingress(new()), "Ingress spec.rules[0].http.paths", """[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"greeter","port":{"name":"http"}}}}]""" },
        { "Ingress.Path", Ingress(new() { Path = "/greeter" }), "Ingress spec.rules[0].http.paths[0].path", "\"/greeter\"" },
        { "Ingress.Path", Ingress(new() { Path = "/greeter" }), "Deployment spec.template.spec.containers[0].env[name=PipelineDeployment__PathBase].value", "\"/greeter\"" },
        { "Ingress.PathType", Ingress(new() { PathType = IngressPathType.Exact }), "Ingress spec.rules[0].http.paths[0].pathType", "\"Exact\"" },
        { "Ingress.PathType", Ingress(new() { PathType = IngressPathType.ImplementationSpecific }), "Ingress spec.rules[0].http.paths[0].pathType", "\"ImplementationSpecific\"" },
        { "Ingress.TlsEnabled", Ingress(new() { Host = "a.example.com" }), "Ingress spec.tls", null },
        { "Ingress.TlsEnabled", Ingress(new() { Host = "a.example.com", TlsEnabled = true, TlsSecretName = "a-tls" }), "Ingress spec.tls[0].hosts", """["a.example.com"]""" },
        { "Ingress.TlsSecretName", Ingress(new() { Host = "a.example.com", TlsEnabled = true, TlsSecretName = "a-tls" }), "Ingress spec.tls[0].secretName", "\"a-tls\"" },
        { "Ingress.Annotations", Ingress(new() { Annotations = Map("example.com/a", "b") }), "Ingress metadata.annotations", """{"example.com/a":"b"}""" },

        { "Gateway.Name", With(s => s), "HTTPRoute", null },
        { "Gateway.Name", Gateway(new() { Name = "shared" }), "HTTPRoute spec.parentRefs", """[{"group":"gateway.networking.k8s.io","kind":"Gateway","name":"shared"}]""" },
        { "Gateway.Namespace", Gateway(new() { Name = "shared", Namespace = "gateways" }), "HTTPRoute spec.parentRefs[0].namespace", "\"gateways\"" },
        { "Gateway.Listener", Gateway(new() { Name = "shared", Listener = "https" }), "HTTPRoute spec.parentRefs[0].sectionName", "\"https\"" },
        { "Gateway.Host", Gateway(new() { Name = "shared" }), "HTTPRoute spec.hostnames", null },
        { "Gateway.Host", Gateway(new() { Name = "shared", Host = "*.example.com" }), "HTTPRoute spec.hostnames", """["*.example.com"]""" },
        { "Gateway.Path", Gateway(new() { Name = "shared" }), "HTTPRoute spec.rules[0].matches", """[{"path":{"type":"PathPrefix","value":"/"}}]""" },
        { "Gateway.Path", Gateway(new() { Name = "shared", Path = "/greeter" }), "HTTPRoute spec.rules[0].matches[0].path", """{"type":"PathPrefix","value":"/greeter"}""" },
        { "Gateway.Path", Gateway(new() { Name = "shared", Path = "/greeter" }), "Deployment spec.template.spec.containers[0].env[name=PipelineDeployment__PathBase].value", "\"/greeter\"" },
        { "Gateway.Annotations", Gateway(new() { Name = "shared", Annotations = Map("example.com/a", "b") }), "HTTPRoute metadata.annotations", """{"example.com/a":"b"}""" },

        { "ServiceAccount.Name", With(s => s), "Deployment spec.template.spec.serviceAccountName", null },
        { "ServiceAccount.Name", ServiceAccount(new() { Name = "reader" }), "Deployment spec.template.spec.serviceAccountName", "\"reader\"" },
        { "ServiceAccount.Name", ServiceAccount(new() { Name = "reader" }), "ServiceAccount", null },
        { "ServiceAccount.Create", ServiceAccount(new() { Create = true }), "ServiceAccount metadata.name", "\"greeter\"" },
        { "ServiceAccount.Create", ServiceAccount(new() { Create = true }), "Deployment spec.template.spec.serviceAccountName", "\"greeter\"" },
        { "ServiceAccount.Annotations", ServiceAccount(new() { Create = true, Annotations = Map("example.com/a", "b") }), "ServiceAccount metadata.annotations", """{"example.com/a":"b"}""" },
        { "ServiceAccount.Role", ServiceAccount(new() { Name = "reader", Role = "jobs" }), "RoleBinding roleRef", """{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"jobs"}""" },
        { "ServiceAccount.Role", ServiceAccount(new() { Name = "reader", Role = "jobs" }), "RoleBinding subjects", """[{"kind":"ServiceAccount","name":"reader","namespace":"demo"}]""" },
        { "ServiceAccount.ClusterRole", ServiceAccount(new() { Create = true, ClusterRole = "view" }), "RoleBinding roleRef", """{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"}""" },
        { "ServiceAccount.MountToken", With(s => s), "Deployment spec.template.spec.automountServiceAccountToken", "false" },
        { "ServiceAccount.MountToken", ServiceAccount(new() { MountToken = true }), "Deployment spec.template.spec.automountServiceAccountToken", "true" },
    };
}
