using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

public class ModelReaderTests
{
    [Fact]
    public void EveryKindOfField_IsRead()
    {
        var containers = Read<IList<V1Container>>(
            out var errors,
            ("0:Name", "proxy"), ("0:Image", "proxy:1"), ("0:args:0", "--verbose"), ("0:Args:1", "--port=80"),
            ("0:Ports:0:ContainerPort", "8080"), ("0:ReadinessProbe:HttpGet:Port", "8080"), ("0:LivenessProbe:TcpSocket:Port", "http"),
            ("0:Resources:Limits:cpu", "500m"), ("0:Resources:Limits:nvidia.com/gpu", "1"), ("0:Stdin", "true"), ("0:env:0:name", "EMPTY"), ("0:env:0:value", ""));

        Assert.Empty(errors);
        Assert.Equal(
            """[{"args":["--verbose","--port=80"],"env":[{"name":"EMPTY","value":""}],"image":"proxy:1","livenessProbe":{"tcpSocket":{"port":"http"}},"name":"proxy","ports":[{"containerPort":8080}],"readinessProbe":{"httpGet":{"port":8080}},"resources":{"limits":{"cpu":"500m","nvidia.com/gpu":"1"}},"stdin":true}]""",
            KubernetesJson.Serialize(containers));
    }

    [Fact]
    public void ListsOfMoreThanTen_KeepTheirOrder()
    {
        var entries = Enumerable.Range(0, 12).Select(index => ($"{index}:Key", $"key-{index}")).ToArray();

        var tolerations = Read<IList<V1Toleration>>(out _, entries);

        Assert.Equal(Enumerable.Range(0, 12).Select(index => $"key-{index}"), tolerations!.Select(toleration => toleration.Key));
    }

    [Fact]
    public void EveryMistake_IsNamedByItsKey()
    {
        var tolerations = Read<IList<V1Toleration>>(out var errors, ("0:Efect", "NoSchedule"), ("0:TolerationSeconds", "soon"), ("1:Effect:Deep", "x"), ("2", "gpu"));

        Assert.Null(tolerations);
        Assert.Equal(
            [
                new SettingsError("s:0:Efect", "is not a setting", "use Effect, if that is what is meant, or remove it"),
                new SettingsError("s:0:TolerationSeconds", "is \"soon\", which cannot be read", "give a value like 1"),
                new SettingsError("s:1:Effect", "has the wrong form", "give a value like some text"),
                new SettingsError("s:2", "is \"gpu\", but has fields of its own", "give them: Effect, Key, Operator, TolerationSeconds, Value"),
            ],
            errors);
    }

    [Fact]
    public void AnObjectInPlaceOfAList_IsAMistake()
    {
        Assert.Null(Read<IList<V1Toleration>>(out var errors, ("Key", "gpu")));

        Assert.Equal([new SettingsError("s", "is not a list", "number its entries, beginning with s:0")], errors);
    }

    private static T? Read<T>(out List<SettingsError> errors, params (string Key, string Value)[] values)
        where T : class
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"s:{value.Key}", (string?)value.Value))).Build().GetSection("s");
        errors = [];
        return new ModelReader(errors).Read<T>(section);
    }
}
