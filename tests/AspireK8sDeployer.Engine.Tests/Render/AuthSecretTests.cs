using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Render;

public class AuthSecretTests
{
    [Fact]
    public void TheKey_IsAMutableSecret_ThatThePodsReadAsAFile()
    {
        var manifest = ManifestRenderer.Render(A.Settings() with { AuthKey = AuthKey.Of("old\nnew") }, new HashedSecrets(A.Salt));

        var secret = manifest.Objects.Single(item => item.Id.Kind == "Secret");
        Assert.Equal("Secret/demo/greeter-auth", secret.Id.ToString());
        Assert.Equal(["apiVersion", "kind", "metadata", "type", "data"], secret.Body.Select(field => field.Key));
        Assert.Equal("""{"keys":"b2xkCm5ldw=="}""", secret.Body["data"]!.ToJsonString());
        Assert.Equal("""[{"name":"auth-keys","secret":{"secretName":"greeter-auth"}}]""", manifest.Pod["volumes"]!.ToJsonString());
        var container = manifest.Pod["containers"]![0]!;
        Assert.Equal("""[{"name":"auth-keys","mountPath":"/var/run/secrets/aspire-k8s.dev/auth","readOnly":true}]""", container["volumeMounts"]!.ToJsonString());
        Assert.Equal("""{"name":"PipelineDeployment__AuthKeysPath","value":"/var/run/secrets/aspire-k8s.dev/auth/keys"}""", container["env"]!.AsArray()[^1]!.ToJsonString());
    }

    [Fact]
    public void AnotherKey_DoesNotTouchThePods() => Assert.Equal(Pod(AuthKey.Of("one")), Pod(AuthKey.Of("two")));

    [Fact]
    public void Published_ItIsAPlaceholder() => Assert.Equal(
        """{"keys":"REPLACE_ME"}""",
        DeploymentEngine.Render(A.Settings() with { AuthKey = AuthKey.Generated }).Objects.Single(item => item.Id.Kind == "Secret").Body["stringData"]!.ToJsonString());

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("\n", "it is empty")]
    [InlineData("two words", "it has characters other than letters, digits and signs of ASCII (one key a line, no spaces)")]
    [InlineData("schlüssel", "it has characters other than letters, digits and signs of ASCII (one key a line, no spaces)")]
    public void AKeyThatNoHeaderCanHold_IsRefused(string key, string problem)
    {
        var error = Assert.Single(DeploymentEngine.Validate(A.Settings() with { AuthKey = AuthKey.Of(key) }));

        Assert.Equal(new SettingsError("AuthKey", problem, ".WithAuthKey()"), error);
    }

    private static string Pod(AuthKey key) => ManifestRenderer.Render(A.Settings() with { AuthKey = key }, new HashedSecrets(A.Salt)).Pod.ToJsonString();
}
