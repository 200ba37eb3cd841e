using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Render;

/// <summary>What is in front of the Service, and what the pods may do and who may reach them.</summary>
public class AccessObjectsTests
{
    [Fact]
    public void Ingress_RendersAsReviewed()
    {
        var settings = A.Settings() with
        {
            Annotations = new Dictionary<string, string> { ["example.com/owner"] = "Ada" },
            Ingress = new IngressSettings
            {
                ClassName = "nginx",
                Host = "greeter.example.com",
                Path = "/greeter",
                TlsEnabled = true,
                TlsSecretName = "greeter-tls",
                Annotations = new Dictionary<string, string> { ["cert-manager.io/cluster-issuer"] = "letsencrypt" },
            },
        };

        Assert.Equal(
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: greeter
              namespace: demo
              labels:
                app.kubernetes.io/instance: greeter
                app.kubernetes.io/managed-by: aspire-k8s-deployer
                app.kubernetes.io/name: greeter
                app.kubernetes.io/part-of: Greeter.AppHost
                aspire-k8s.dev/deployment: greeter
              annotations:
                cert-manager.io/cluster-issuer: letsencrypt
                example.com/owner: Ada
            spec:
              ingressClassName: nginx
              tls:
              - hosts:
                - greeter.example.com
                secretName: greeter-tls
              rules:
              - host: greeter.example.com
                http:
                  paths:
                  - path: /greeter
                    pathType: Prefix
                    backend:
                      service:
                        name: greeter
                        port:
                          name: http

            """,
            Yaml(settings, "Ingress"));
    }

    [Fact]
    public void IngressOfEveryHost_HasNeitherClassNorHostNorTls() => Assert.Equal(
        """{"rules":[{"http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"greeter","port":{"name":"http"}}}}]}}]}""",
        Rendered.Spec(A.Settings() with { Ingress = new IngressSettings() }, "Ingress"));

    [Theory]
    [InlineData("/", IngressPathType.Prefix, null)]
    [InlineData("/greeter", IngressPathType.Prefix, "/greeter")]
    [InlineData("/a/greeter/", IngressPathType.Prefix, "/a/greeter")]
    [InlineData("/invoke", IngressPathType.Exact, null)]
    [InlineData("/greeter/*", IngressPathType.ImplementationSpecific, "/greeter")]
    [InlineData("/*", IngressPathType.ImplementationSpecific, null)]
    [InlineData("/greeter", IngressPathType.ImplementationSpecific, "/greeter")]
    [InlineData("/greeter(/|$)(.*)", IngressPathType.ImplementationSpecific, null)]
    public void PathOfTheIngress_IsThePipelinesPathBase(string path, IngressPathType type, string? expected)
    {
        var settings = A.Settings() with { Ingress = new IngressSettings { Path = path, PathType = type } };

        Assert.Equal(expected, Rendered.Environment(settings).GetValueOrDefault("PipelineDeployment__PathBase"));
        Assert.Null(Rendered.Environment(settings with { ImageIsOurs = false }).GetValueOrDefault("PipelineDeployment__PathBase"));
    }

    [Fact]
    public void Gateway_GetsARoute()
    {
        var settings = A.Settings() with
        {
            Gateway = new GatewaySettings { Name = "shared", Namespace = "gateways", Listener = "https", Host = "*.example.com", Path = "/greeter" },
        };

        Assert.Equal(
            """
            {"parentRefs":[{"group":"gateway.networking.k8s.io","kind":"Gateway","name":"shared","namespace":"gateways","sectionName":"https"}],"hostnames":["*.example.com"],"rules":[{"matches":[{"path":{"type":"PathPrefix","value":"/greeter"}}],"backendRefs":[{"group":"","kind":"Service","name":"greeter","port":8000,"weight":1}]}]}
            """,
            Rendered.Spec(settings, "HTTPRoute"));
        Assert.Equal("/greeter", Rendered.Environment(settings)["PipelineDeployment__PathBase"]);
    }

    [Fact]
    public void NetworkPolicy_LetsInInvocationsAndMetrics() => Assert.Equal(
        """{"podSelector":{"matchLabels":{"aspire-k8s.dev/deployment":"greeter"}},"policyTypes":["Ingress"],"ingress":[{"ports":[{"protocol":"TCP","port":"http"},{"protocol":"TCP","port":9464}]}]}""",
        Rendered.Spec(A.Settings() with { NetworkPolicy = true }, "NetworkPolicy"));

    [Fact]
    public void CreatedAccount_IsThePods_AndHasNoTokenOfItsOwnAccord()
    {
        var settings = A.Settings() with { ServiceAccount = new ServiceAccountSettings { Create = true, ClusterRole = "view", MountToken = true } };

        Assert.False((bool)Rendered.Body(settings, "ServiceAccount")["automountServiceAccountToken"]!);
        Assert.Equal(
            """{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"}""",
            Rendered.Body(settings, "RoleBinding")["roleRef"]!.ToJsonString());
        Assert.Equal("""[{"kind":"ServiceAccount","name":"greeter","namespace":"demo"}]""", Rendered.Body(settings, "RoleBinding")["subjects"]!.ToJsonString());
        Assert.Equal(("greeter", true), Account(settings));
    }

    [Fact]
    public void NamedAccount_IsNotCreated()
    {
        var settings = A.Settings() with { ServiceAccount = new ServiceAccountSettings { Name = "reader", Role = "jobs" } };

        Assert.DoesNotContain("ServiceAccount", Rendered.Kinds(settings));
        Assert.Equal("""{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"jobs"}""", Rendered.Body(settings, "RoleBinding")["roleRef"]!.ToJsonString());
        Assert.Equal(("reader", false), Account(settings));
    }

    [Fact]
    public void Defaults_HaveNoObjectThatWasNotAskedFor() => Assert.Equal(["Namespace", "Service", "Deployment"], Rendered.Kinds(A.Settings()));

    [Fact]
    public void Everything_IsAppliedInThisOrder()
    {
        var settings = A.Settings() with
        {
            NetworkPolicy = true,
            ServiceAccount = new ServiceAccountSettings { Create = true, Role = "jobs" },
            SecretEnvironment = new Dictionary<string, string> { ["A"] = "b" },
            Resources = new ResourceSettings { MinReplicas = 2, MaxReplicas = 3 },
            Ingress = new IngressSettings(),
            Gateway = new GatewaySettings { Name = "shared" },
        };

        Assert.Equal(
            ["Namespace", "NetworkPolicy", "ServiceAccount", "RoleBinding", "Secret", "Service", "PodDisruptionBudget", "Deployment", "HorizontalPodAutoscaler", "Ingress", "HTTPRoute"],
            Rendered.Kinds(settings));
    }

    private static (string?, bool) Account(DeploymentSettings settings)
    {
        var pod = Rendered.Body(settings, "Deployment")["spec"]!["template"]!["spec"]!;
        return ((string?)pod["serviceAccountName"], (bool)pod["automountServiceAccountToken"]!);
    }

    private static string Yaml(DeploymentSettings settings, string kind) =>
        ManifestRenderer.Render(settings, new HashedSecrets(A.Salt)).Objects.Single(item => item.Id.Kind == kind).ToYaml();
}
