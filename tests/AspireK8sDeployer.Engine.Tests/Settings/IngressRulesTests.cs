using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Settings;

/// <summary>What is taken of an Ingress; what is not is in the table of settings.</summary>
public class IngressRulesTests
{
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

    private static Dictionary<string, string> Map(string key, string value) => new() { [key] = value };
}
