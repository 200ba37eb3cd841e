using AspireK8sDeployer.Engine.Settings;
using static AspireK8sDeployer.Engine.Tests.Settings.Table.Given;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

internal static partial class WrongSettings
{
    /// <summary>What it is, where it runs, how it is exposed.</summary>
    private static readonly WrongTable Core = new()
    {
        { "Name", With(s => s with { Name = "Greeter" }), "'Greeter' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63)" },
        { "Name", With(s => s with { Name = "1st" }), "'1st' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63)" },
        { "Name", With(s => s with { Name = "greeter-" }), "'greeter-' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63)" },
        { "Name", With(s => s with { Name = "greeter\n" }), "'greeter\n' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63)" },
        { "Name", With(s => s with { Name = new string('a', 64) }), "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63)" },

        { "Namespace", With(s => s with { Namespace = "My_NS" }), "'My_NS' is not a DNS label (lower case letters, digits and '-', at most 63)" },
        { "Namespace", With(s => s with { Namespace = "" }), "'' is not a DNS label (lower case letters, digits and '-', at most 63)" },

        { "Application", With(s => s with { Application = "my app" }), "'my app' is not a label value (letters, digits, '-', '_' and '.', at most 63)" },
        { "Application", With(s => s with { Application = "" }), "'' is not a label value (letters, digits, '-', '_' and '.', at most 63)" },

        { "Image", With(s => s with { Image = "Registry/Greeter:1" }), "'Registry/Greeter:1' is not an image reference ([host[:port]/]path[:tag][@digest], the path in lower case)" },
        { "Image", With(s => s with { Image = "" }), "'' is not an image reference ([host[:port]/]path[:tag][@digest], the path in lower case)" },
        { "Image", With(s => s with { Image = "greeter@sha256:short" }), "'greeter@sha256:short' is not an image reference ([host[:port]/]path[:tag][@digest], the path in lower case)" },

        { "Version", With(s => s with { Version = "1.0+build" }), "'1.0+build' is not a label value (letters, digits, '-', '_' and '.', at most 63)", "give the image a tag of such characters" },

        { "ImagePullPolicy", With(s => s with { ImagePullPolicy = (ImagePullPolicy)9 }), "9 is not a pull policy", ".WithImagePull(i => i.Policy = ImagePullPolicy.IfNotPresent)" },

        { "ImagePullSecrets", With(s => s with { ImagePullSecrets = ["a b"] }), "'a b' is not the name of a Secret", """.WithImagePull(i => i.Secrets = ["registry-credentials"])""" },

        { "PullCredentials.Host", With(s => s with { PullCredentials = new("", "ada", "x") }), "the registry has no host", ".WithContainerRegistry(registry)" },
        { "PullCredentials.User", With(s => s with { PullCredentials = new("r.example.com", "", "x") }), "there is no user for the registry 'r.example.com'" },
        { "PullCredentials.User", With(s => s with { PullCredentials = new("r.example.com", "a:b", "x") }), "it contains ':', at which a user name ends" },

        { "MaxConcurrency", With(s => s with { MaxConcurrency = 0 }), "0 is less than 1", ".WithMaxConcurrency(10)" },

        { "AuthKey", With(s => s with { AuthKey = AuthKey.Of("") }), "it is empty" },
        { "AuthKey", With(s => s with { AuthKey = AuthKey.Of("two words") }), "it has characters other than letters, digits and signs of ASCII (one key a line, no spaces)" },
        { "AuthKey", With(s => s with { AuthKey = AuthKey.Of(new string('k', 65_537)) }), "it is 65537 characters, more than 65536" },

        { "AdditionalResources", Additional(""), "extra.yaml holds no object" },
        { "AdditionalResources", Additional("- a"), "extra.yaml cannot be read: it holds a list, not an object with apiVersion, kind and metadata", "correct extra.yaml" },
        { "AdditionalResources", Additional("a: ["), "extra.yaml cannot be read: line 2, column 1: While parsing a node, did not find expected node content.", "correct extra.yaml" },
        { "AdditionalResources", Additional("kind: ConfigMap"), "an object of extra.yaml has no apiVersion", "give it one in extra.yaml, such as v1 or apps/v1" },
        { "AdditionalResources", Additional("{apiVersion: v1, metadata: {name: extra}}"), "an object of extra.yaml has no kind", "give it one in extra.yaml, such as ConfigMap" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: ConfigMap}"), "a ConfigMap of extra.yaml has no name", "give it a name (metadata.name) in extra.yaml" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: ConfigMap, metadata: {generateName: extra-}}"), "a ConfigMap of extra.yaml has a generateName: it would be another one with every deploy", "give it a name (metadata.name) in extra.yaml" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: ConfigMap, metadata: {name: BAD_NAME}}"), "the name of ConfigMap/BAD_NAME of extra.yaml is none for a ConfigMap: lower case letters, digits, '-' and '.', at most 253", "give it a name (metadata.name) in extra.yaml" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: Service, metadata: {name: a.b}}"), "the name of Service/a.b of extra.yaml is none for a Service: lower case letters, digits and '-', at most 63", "give it a name (metadata.name) in extra.yaml" },
        { "AdditionalResources", Additional("{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a/b}}"), "the name of Role/a/b of extra.yaml is none for a Role: at most 253 characters without '/', '%' and spaces", "give it a name (metadata.name) in extra.yaml" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: ConfigMap, metadata: {name: extra, namespace: other}}"), "ConfigMap/extra of extra.yaml is in namespace 'other', the deployment in 'demo'", "leave metadata.namespace out of extra.yaml" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: ConfigMap, metadata: {name: extra, labels: {a: 1}}}"), "labels of ConfigMap/extra of extra.yaml are not all texts", "put numbers and truth values in quotes in extra.yaml" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: ConfigMap, metadata: {name: extra, annotations: {a: true}}}"), "annotations of ConfigMap/extra of extra.yaml are not all texts", "put numbers and truth values in quotes in extra.yaml" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: ConfigMap, metadata: {name: extra, labels: {app.kubernetes.io/managed-by: me}}}"), "the label 'app.kubernetes.io/managed-by' of ConfigMap/extra of extra.yaml is set by the deployer", "leave it out" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: Namespace, metadata: {name: extra}}"), "Namespace/extra of extra.yaml is in no namespace, so that no deployment can own it", "have it applied by whoever looks after the cluster" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: Service, metadata: {name: greeter}}"), "Service/greeter of extra.yaml is made by the deployer", "give it another name in extra.yaml" },
        { "AdditionalResources", Additional("{apiVersion: v1, kind: Secret, metadata: {name: aspire-k8s.greeter}}"), "Secret/aspire-k8s.greeter of extra.yaml is made by the deployer", "give it another name in extra.yaml" },
        { "AdditionalResources", With(s => s with { AdditionalResources = [null!] }), "an element is null" },
        { "AdditionalResources", With(s => s with { AdditionalResources = [Extra, Extra] }), "ConfigMap/extra is given twice (extra.yaml)", "leave one of them out" },

        { "Environment", Environment("1A"), "'1A' is not the name of a variable (letters, digits, '_', '-' and '.', no digit first)" },
        { "Environment", Environment(""), "'' is not the name of a variable (letters, digits, '_', '-' and '.', no digit first)" },
        { "Environment", Environment("ASPNETCORE_URLS"), "'ASPNETCORE_URLS' is set by the deployer, from the Service's port", ".WithService(s => s.Port = 8000)" },
        { "Environment", Environment("PipelineDeployment__Id"), "'PipelineDeployment__Id' is set by the deployer", "leave it out" },
        { "Environment", Environment("A", "a\0b"), "the value of 'A' contains a NUL character", """.WithEnvironment("A", …) without it""" },
        { "Environment", With(s => s with { Environment = Map("A", "x"), SecretEnvironment = Map("A", "y") }), "'A' is set twice, once as a secret", """call .WithEnvironment("A", …) once""" },

        { "SecretEnvironment", With(s => s with { SecretEnvironment = Map("1A", "x") }), "'1A' is not the name of a variable (letters, digits, '_', '-' and '.', no digit first)", """.WithEnvironment("MY_SETTING", value)""", "Environment" },
        { "SecretEnvironment", With(s => s with { SecretEnvironment = Map("HTTP_PORTS", "80") }), "'HTTP_PORTS' is set by the deployer, from the Service's port", ".WithService(s => s.Port = 8000)", "Environment" },
        { "SecretEnvironment", With(s => s with { SecretEnvironment = Map("PipelineDeployment__Id", "x") }), "'PipelineDeployment__Id' is set by the deployer", "leave it out", "Environment" },
        { "SecretEnvironment", With(s => s with { SecretEnvironment = Map("A", "a\0b") }), "the value of 'A' contains a NUL character", """.WithEnvironment("A", …) without it""", "Environment" },

        { "Labels", With(s => s with { Labels = Map("a b", "c") }), "'a b' is not a label's key ([prefix/]name)" },
        { "Labels", With(s => s with { Labels = Map("app.kubernetes.io/name", "x") }), "'app.kubernetes.io/name' is set by the deployer", "use another key" },
        { "Labels", With(s => s with { Labels = Map("team", "a b") }), "the value 'a b' of 'team' is not a label value (letters, digits, '-', '_' and '.', at most 63)" },

        { "Annotations", With(s => s with { Annotations = Map("a b", "c") }), "'a b' is not an annotation's key ([prefix/]name)", """.WithObjectAnnotations(annotations => annotations["example.com/owner"] = "payments")""" },
        { "Annotations", With(s => s with { Annotations = Map("aspire-k8s.dev/x", "y") }), "'aspire-k8s.dev/x' is set by the deployer", "use another key" },
        { "Annotations", With(s => s with { Annotations = Map("example.com/large", new string('x', 262_144)) }), "together they are 262161 bytes, more than 262144", "move what is large into the image or a Secret" },

        { "TerminationGracePeriod", With(s => s with { TerminationGracePeriod = TimeSpan.FromSeconds(-1) }), "-00:00:01 is not between 0 s and 7 days" },
        { "TerminationGracePeriod", With(s => s with { TerminationGracePeriod = TimeSpan.FromDays(8) }), "8.00:00:00 is not between 0 s and 7 days" },

        { "PruneLimit", With(s => s with { PruneLimit = -1 }), "-1 is less than 0" },

        { "DeployTimeout", With(s => s with { DeployTimeout = TimeSpan.Zero }), "00:00:00 is not a time to wait (up to 7 days)" },
        { "DeployTimeout", With(s => s with { DeployTimeout = TimeSpan.FromDays(8) }), "8.00:00:00 is not a time to wait (up to 7 days)" },

        { "Service.Type", Service(new() { Type = (ServiceType)9 }), "9 is not a type of Service", ".WithService(s => s.Type = ServiceType.LoadBalancer)" },
        { "Service.Port", Service(new() { Port = 0 }), "0 is not a port (1 to 65535)" },
        { "Service.Port", Service(new() { Port = 65_536 }), "65536 is not a port (1 to 65535)" },
        { "Service.NodePort", Service(new() { Type = ServiceType.NodePort, NodePort = 80 }), "80 is not a node port (30000 to 32767)" },
        { "Service.NodePort", Service(new() { Type = ServiceType.NodePort, NodePort = 32_768 }), "32768 is not a node port (30000 to 32767)" },
        { "Service.NodePort", Service(new() { NodePort = 30_080 }), "a node port needs a Service of type NodePort, this one is LoadBalancer", ".WithService(s => s.Type = ServiceType.NodePort)" },
        { "Service.SessionAffinity", Service(new() { SessionAffinity = (SessionAffinity)9 }), "9 is not a session affinity", ".WithService(s => s.SessionAffinity = SessionAffinity.ClientIP)" },
        { "Service.LoadBalancerIP", Service(new() { Type = ServiceType.ClusterIP, LoadBalancerIP = "203.0.113.7" }), "it needs a Service of type LoadBalancer, this one is ClusterIP", ".WithService(s => s.Type = ServiceType.LoadBalancer)" },
        { "Service.LoadBalancerIP", Service(new() { LoadBalancerIP = "here" }), "'here' is not an IP address" },
        { "Service.LoadBalancerIP", Service(new() { LoadBalancerIP = "1" }), "'1' is not an IP address" },
        { "Service.LoadBalancerSourceRanges", Service(new() { Type = ServiceType.NodePort, LoadBalancerSourceRanges = ["10.0.0.0/8"] }), "they need a Service of type LoadBalancer, this one is NodePort", ".WithService(s => s.Type = ServiceType.LoadBalancer)" },
        { "Service.LoadBalancerSourceRanges", Service(new() { LoadBalancerSourceRanges = ["10.0.0.0"] }), "'10.0.0.0' is not a network (address/bits)" },
        { "Service.LoadBalancerSourceRanges", Service(new() { LoadBalancerSourceRanges = ["10.0.0.0/33"] }), "'10.0.0.0/33' is not a network (address/bits)" },
        { "Service.LoadBalancerSourceRanges", Service(new() { LoadBalancerSourceRanges = ["10.0.0.0/08"] }), "'10.0.0.0/08' is not a network (address/bits)" },
        { "Service.LoadBalancerSourceRanges", Service(new() { LoadBalancerSourceRanges = ["10.0.0.1/8"] }), "'10.0.0.1/8' has bits beyond the first 8", """.WithService(s => s.LoadBalancerSourceRanges = ["10.0.0.0/8"])""" },
        { "Service.LoadBalancerSourceRanges", Service(new() { LoadBalancerSourceRanges = ["2001:db8::1/64"] }), "'2001:db8::1/64' has bits beyond the first 64", """.WithService(s => s.LoadBalancerSourceRanges = ["2001:db8::/64"])""" },
        { "Service.Annotations", Service(new() { Annotations = Map("a b", "c") }), "'a b' is not an annotation's key ([prefix/]name)", """.WithService(s => s.Annotations["example.com/key"] = "value")""" },
        { "Service.Annotations", Service(new() { Annotations = Map("aspire-k8s.dev/x", "y") }), "'aspire-k8s.dev/x' is set by the deployer", "use another key" },
    };
}
