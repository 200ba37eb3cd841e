using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Settings;

public class SettingsValidatorTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.Empty(SettingsValidator.Validate(A.Settings()));

    [Theory]
    [InlineData("greeter")]
    [InlineData("greeter:1.0")]
    [InlineData("localhost:5000/greeter:1.0")]
    [InlineData("registry.example.com/team/greeter__a-b.c")]
    [InlineData("registry.example.com:5000/greeter:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("[::1]:5000/greeter")]
    public void EveryFormOfImageReference_IsAccepted(string image) => Assert.Empty(SettingsValidator.Validate(A.Settings() with { Image = image }));

    [Fact]
    public void AllMistakes_AreReportedAtOnce()
    {
        var settings = A.Settings() with
        {
            Name = "Greeter",
            Service = new ServiceSettings { Port = 0 },
            Resources = new ResourceSettings { Memory = "much" },
        };

        var failure = Assert.Throws<DeploymentException>(() => SettingsValidator.ThrowIfInvalid(settings));

        Assert.Equal(
            """
            K8SD101: Deployment 'Greeter' has 3 wrong settings:
              - Name: 'Greeter' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63); builder.AddPipelineDeployment<TProject>("my-pipeline")
              - Service.Port: 0 is not a port (1 to 65535); .WithService(s => s.Port = 8000)
              - Resources.Memory: 'much' is not an amount of memory (for example 512Mi, 2GiB, 4GB); .WithResources(memory: "2GiB")
              → correct them and deploy again; nothing was changed
            """,
            failure.Message);
    }

    [Fact]
    public void SecretValues_AreNeverQuoted()
    {
        var settings = A.Settings() with { SecretEnvironment = new Dictionary<string, string> { ["1KEY"] = "hunter2" }, PullCredentials = new RegistryCredentials("", "", "hunter2") };

        Assert.DoesNotContain("hunter2", string.Join('\n', SettingsValidator.Validate(settings)), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", settings.PullCredentials.ToString(), StringComparison.Ordinal);
    }
}
