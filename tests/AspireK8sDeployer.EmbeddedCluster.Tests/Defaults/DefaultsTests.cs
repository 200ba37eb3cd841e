using AspireK8sDeployer.EmbeddedCluster.Schema;
using static AspireK8sDeployer.EmbeddedCluster.Tests.Schema.Kinds;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Defaults;

public class DefaultsTests
{
    [Fact]
    public void Deployment_IsFilledInAsByTheServer()
    {
        var deployment = Complete(Deployment, """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},
             "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i","ports":[{"containerPort":80}]}]}}}}
            """);

        AssertSame("""
            {
              "replicas": 1, "selector": { "matchLabels": { "a": "b" } },
              "template": { "metadata": { "labels": { "a": "b" } }, "spec": {
                "containers": [{ "name": "c", "image": "i", "ports": [{ "containerPort": 80, "protocol": "TCP" }], "resources": {},
                  "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File", "imagePullPolicy": "Always" }],
                "restartPolicy": "Always", "terminationGracePeriodSeconds": 30, "dnsPolicy": "ClusterFirst", "securityContext": {},
                "schedulerName": "default-scheduler" } },
              "strategy": { "type": "RollingUpdate", "rollingUpdate": { "maxUnavailable": "25%", "maxSurge": "25%" } },
              "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600
            }
            """, deployment["spec"]);
    }

    [Fact]
    public void Service_IsFilledInAsByTheServer()
    {
        var service = Complete(Of("Service"), """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{"ports":[{"port":80}],"type":"LoadBalancer"}}
            """);

        AssertSame("""
            {"ports":[{"protocol":"TCP","port":80,"targetPort":80}],"type":"LoadBalancer","sessionAffinity":"None",
             "externalTrafficPolicy":"Cluster","internalTrafficPolicy":"Cluster","allocateLoadBalancerNodePorts":true}
            """, service["spec"]);
    }

    [Fact]
    public void ChangedSpec_IsANewGeneration()
    {
        var old = Json("""{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"d","generation":3},"spec":{"replicas":1},"status":{"replicas":1}}""");
        var changed = Json("""{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"d"},"spec":{"replicas":2},"status":{"replicas":9}}""");

        ObjectTypes.PrepareForUpdate(Deployment, changed, old);

        Assert.Equal(4, (long)changed["metadata"]!["generation"]!);
        AssertSame("""{"replicas":1}""", changed["status"]);
    }

    [Fact]
    public void EmptyList_IsNoListOnceItIsStored()
    {
        var role = Decode(Of("Role"), """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"r"},"rules":[]}""");
        AssertSame("[]", role["rules"]);

        ObjectTypes.PrepareForCreate(Of("Role"), role);

        Assert.Null(role["rules"]);
        Assert.True(role.ContainsKey("rules"));
    }

    [Fact]
    public void CustomResource_TakesTheDefaultsOfItsSchema()
    {
        var widget = Complete(
            Custom("""{"type":"object","default":{},"properties":{"color":{"type":"string","default":"red"}}}"""),
            """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w"}}""");

        AssertSame("""{"color":"red"}""", widget["spec"]);
    }
}
