using AspireK8sDeployer.Engine.Settings;
using k8s.Models;
using static AspireK8sDeployer.Engine.Tests.Settings.Table.Given;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

internal static partial class RenderedSettings
{
    /// <summary>What it is, where it runs, how it is exposed.</summary>
    private static readonly RenderedTable Core = new()
    {
        { "Name", With(s => s with { Name = "parrot" }), "Deployment metadata.name", "\"parrot\"" },
        { "Name", With(s => s with { Name = "parrot" }), "Deployment spec.template.spec.containers[0].name", "\"parrot\"" },
        { "Name", With(s => s with { Name = "parrot" }), "Service metadata.name", "\"parrot\"" },
        { "Name", With(s => s with { Name = "parrot" }), "Service spec.selector", """{"aspire-k8s.dev/deployment":"parrot"}""" },
        { "Name", With(s => s with { Name = "parrot" }), "Deployment spec.template.spec.containers[0].env[name=PipelineDeployment__Name].value", "\"parrot\"" },

        { "Namespace", With(s => s with { Namespace = "elsewhere" }), "Namespace metadata.name", "\"elsewhere\"" },
        { "Namespace", With(s => s with { Namespace = "elsewhere" }), "Deployment metadata.namespace", "\"elsewhere\"" },

        { "Application", With(s => s with { Application = "Shop" }), """Deployment metadata.labels["app.kubernetes.io/part-of"]""", "\"Shop\"" },

        { "Image", With(s => s with { Image = "registry.example.com/parrot:2" }), "Deployment spec.template.spec.containers[0].image", "\"registry.example.com/parrot:2\"" },

        { "Version", With(s => s with { Version = "1.4.0" }), """Deployment metadata.labels["app.kubernetes.io/version"]""", "\"1.4.0\"" },
        { "Version", With(s => s with { Version = "1.4.0" }), "Deployment spec.template.spec.containers[0].env[name=PipelineDeployment__SnapshotName].value", "\"1.4.0\"" },

        { "ImageIsOurs", With(s => s), "Deployment spec.template.spec.securityContext.runAsNonRoot", "true" },
        { "ImageIsOurs", With(s => s with { ImageIsOurs = false }), "Deployment spec.template.spec.securityContext.runAsNonRoot", null },
        { "ImageIsOurs", With(s => s with { ImageIsOurs = false }), "Deployment spec.template.spec.containers[0].livenessProbe.httpGet.path", "\"/health\"" },

        { "ImagePullPolicy", With(s => s), "Deployment spec.template.spec.containers[0].imagePullPolicy", null },
        { "ImagePullPolicy", With(s => s with { ImagePullPolicy = ImagePullPolicy.IfNotPresent }), "Deployment spec.template.spec.containers[0].imagePullPolicy", "\"IfNotPresent\"" },
        { "ImagePullPolicy", With(s => s with { ImagePullPolicy = ImagePullPolicy.Always }), "Deployment spec.template.spec.containers[0].imagePullPolicy", "\"Always\"" },
        { "ImagePullPolicy", With(s => s with { ImagePullPolicy = ImagePullPolicy.Never }), "Deployment spec.template.spec.containers[0].imagePullPolicy", "\"Never\"" },

        { "ImagePullSecrets", With(s => s with { ImagePullSecrets = ["registry", "mirror"] }), "Deployment spec.template.spec.imagePullSecrets", """[{"name":"registry"},{"name":"mirror"}]""" },

        { "ValuesToHide", With(s => s with { ValuesToHide = ["hunter2"] }), "Secret", null },

        { "PullCredentials.Host", With(s => s with { PullCredentials = new("r.example.com:5000", "ada", "x") }), """Secret data[".dockerconfigjson"]""", "\"eyJhdXRocyI6eyJyLmV4YW1wbGUuY29tOjUwMDAiOnsidXNlcm5hbWUiOiJhZGEiLCJwYXNzd29yZCI6IngiLCJhdXRoIjoiWVdSaE9uZz0ifX19\"" },
        { "PullCredentials.User", With(s => s with { PullCredentials = new("r.example.com", "ada", "x") }), """Secret data[".dockerconfigjson"]""", "\"eyJhdXRocyI6eyJyLmV4YW1wbGUuY29tIjp7InVzZXJuYW1lIjoiYWRhIiwicGFzc3dvcmQiOiJ4IiwiYXV0aCI6IllXUmhPbmc9In19fQ==\"" },
        { "PullCredentials.Password", With(s => s with { PullCredentials = new("r.example.com", "ada", "hunter2") }), """Secret data[".dockerconfigjson"]""", "\"eyJhdXRocyI6eyJyLmV4YW1wbGUuY29tIjp7InVzZXJuYW1lIjoiYWRhIiwicGFzc3dvcmQiOiJodW50ZXIyIiwiYXV0aCI6IllXUmhPbWgxYm5SbGNqST0ifX19\"" },

        { "Command", With(s => s with { Command = ["dotnet", "app.dll"] }), "Deployment spec.template.spec.containers[0].command", """["dotnet","app.dll"]""" },

        { "Args", With(s => s with { Args = ["--verbose"] }), "Deployment spec.template.spec.containers[0].args", """["--verbose"]""" },

        { "MaxConcurrency", With(s => s with { MaxConcurrency = 8 }), "Deployment spec.template.spec.containers[0].env[name=PipelineDeployment__MaxConcurrency].value", "\"8\"" },

        { "AuthKey", With(s => s with { AuthKey = AuthKey.Of("s3cret-key") }), "Secret data.keys", "\"czNjcmV0LWtleQ==\"" },
        { "AuthKey", With(s => s), "Secret", null },
        { "AuthKey", With(s => s with { AuthKey = AuthKey.Of("s3cret-key") }), "Deployment spec.template.spec.volumes", """[{"name":"auth-keys","secret":{"secretName":"greeter-auth"}}]""" },
        { "AuthKey", With(s => s with { AuthKey = AuthKey.Of("s3cret-key") }), "Deployment spec.template.spec.containers[0].volumeMounts", """[{"name":"auth-keys","mountPath":"/var/run/secrets/aspire-k8s.dev/auth","readOnly":true}]""" },
        { "AuthKey", With(s => s with { AuthKey = AuthKey.Of("s3cret-key") }), "Deployment spec.template.spec.containers[0].env[name=PipelineDeployment__AuthKeysPath].value", "\"/var/run/secrets/aspire-k8s.dev/auth/keys\"" },

        { "AdditionalResources", With(s => s with { AdditionalResources = [Extra] }), "ConfigMap data", """{"a":"b"}""" },
        { "AdditionalResources", With(s => s with { AdditionalResources = [AdditionalResource.FromObject(new V1ConfigMap { Metadata = new() { Name = "extra" } })] }), "ConfigMap metadata.namespace", "\"demo\"" },

        { "PodDisruptionBudget", With(s => s with { PodDisruptionBudget = true }), "PodDisruptionBudget spec.maxUnavailable", "1" },
        { "PodDisruptionBudget", Resources(new() { MinReplicas = 2 }), "PodDisruptionBudget spec.selector", """{"matchLabels":{"aspire-k8s.dev/deployment":"greeter"}}""" },
        { "PodDisruptionBudget", With(s => s with { PodDisruptionBudget = false, Resources = new() { MinReplicas = 2 } }), "PodDisruptionBudget", null },

        { "NetworkPolicy", With(s => s with { NetworkPolicy = true }), "NetworkPolicy spec.ingress", """[{"ports":[{"protocol":"TCP","port":"http"},{"protocol":"TCP","port":9464}]}]""" },
        { "NetworkPolicy", With(s => s), "NetworkPolicy", null },

        { "Environment", Environment("GREETING", "Hello"), "Deployment spec.template.spec.containers[0].env[name=GREETING].value", "\"Hello\"" },

        { "SecretEnvironment", With(s => s with { SecretEnvironment = Map("DB_PASSWORD", "hunter2") }), "Secret data.DB_PASSWORD", "\"aHVudGVyMg==\"" },
        { "SecretEnvironment", With(s => s with { SecretEnvironment = Map("DB_PASSWORD", "hunter2") }), "Deployment spec.template.spec.containers[0].env[name=DB_PASSWORD].valueFrom", """{"secretKeyRef":{"name":"greeter-env-537d50b76a","key":"DB_PASSWORD"}}""" },

        { "Labels", With(s => s with { Labels = Map("team", "payments") }), "Deployment metadata.labels.team", "\"payments\"" },
        { "Labels", With(s => s with { Labels = Map("team", "payments") }), "Deployment spec.template.metadata.labels.team", null },
        { "Labels", With(s => s with { Labels = Map("team", "payments") }), "Service metadata.labels.team", "\"payments\"" },
        { "Labels", With(s => s with { Labels = Map("team", "payments") }), "Deployment spec.selector.matchLabels", """{"aspire-k8s.dev/deployment":"greeter"}""" },

        { "Annotations", With(s => s with { Annotations = Map("example.com/owner", "Ada") }), "Deployment metadata.annotations", """{"example.com/owner":"Ada"}""" },
        { "Annotations", With(s => s with { Annotations = Map("example.com/owner", "Ada") }), "Deployment spec.template.metadata.annotations", null },
        { "Annotations", With(s => s with { Annotations = Map("example.com/owner", "Ada") }), "Service metadata.annotations", """{"example.com/owner":"Ada"}""" },

        { "TerminationGracePeriod", With(s => s with { TerminationGracePeriod = TimeSpan.FromSeconds(60) }), "Deployment spec.template.spec.terminationGracePeriodSeconds", "63" },
        { "TerminationGracePeriod", With(s => s with { TerminationGracePeriod = TimeSpan.FromSeconds(60) }), "Deployment spec.template.spec.containers[0].env[name=PipelineDeployment__GracePeriodSeconds].value", "\"63\"" },

        { "RollbackOnFailure", With(s => s with { RollbackOnFailure = true }), "Deployment metadata.annotations", null },
        { "PruneLimit", With(s => s with { PruneLimit = 20 }), "Deployment metadata.annotations", null },

        { "DeployTimeout", With(s => s with { DeployTimeout = TimeSpan.FromMinutes(5) }), "Deployment spec.progressDeadlineSeconds", "600" },

        { "Service.Type", With(s => s), "Service spec.type", "\"LoadBalancer\"" },
        { "Service.Type", Service(new() { Type = ServiceType.NodePort }), "Service spec.type", "\"NodePort\"" },
        { "Service.Type", Service(new() { Type = ServiceType.ClusterIP }), "Service spec.type", "\"ClusterIP\"" },
        { "Service.Port", With(s => s), "Service spec.ports", """[{"name":"http","port":8000,"targetPort":"http","protocol":"TCP"}]""" },
        { "Service.Port", Service(new() { Port = 9000 }), "Service spec.ports[0].port", "9000" },
        { "Service.Port", Service(new() { Port = 9000 }), "Deployment spec.template.spec.containers[0].ports", """[{"name":"http","containerPort":9000,"protocol":"TCP"}]""" },
        { "Service.Port", Service(new() { Port = 9000 }), "Deployment spec.template.spec.containers[0].env[name=ASPNETCORE_HTTP_PORTS].value", "\"9000\"" },
        { "Service.Port", Service(new() { Port = 9000 }), "Deployment spec.template.spec.containers[0].readinessProbe.httpGet.port", "\"http\"" },
        { "Service.NodePort", Service(new() { Type = ServiceType.NodePort, NodePort = 30_080 }), "Service spec.ports[0].nodePort", "30080" },
        { "Service.SessionAffinity", With(s => s), "Service spec.sessionAffinity", "\"None\"" },
        { "Service.SessionAffinity", Service(new() { SessionAffinity = SessionAffinity.ClientIP }), "Service spec.sessionAffinity", "\"ClientIP\"" },
        { "Service.LoadBalancerIP", Service(new() { LoadBalancerIP = "203.0.113.7" }), "Service spec.loadBalancerIP", "\"203.0.113.7\"" },
        { "Service.LoadBalancerSourceRanges", Service(new() { LoadBalancerSourceRanges = ["10.0.0.0/8", "2001:db8::/32"] }), "Service spec.loadBalancerSourceRanges", """["10.0.0.0/8","2001:db8::/32"]""" },
        { "Service.Annotations", Service(new() { Annotations = Map("example.com/internal", "true") }), "Service metadata.annotations", """{"example.com/internal":"true"}""" },
        { "Service.Annotations", Service(new() { Annotations = Map("example.com/internal", "true") }), "Deployment metadata.annotations", null },
    };
}
