using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Render;

public class ConfigFilesTests
{
    [Fact]
    public void Files_AreAnImmutableConfigMap_MountedOneByOne()
    {
        var manifest = Render(("/etc/greeter/app.json", "{}\n"), ("/etc/greeter/über.txt", "x"));

        var map = manifest.Objects.Single(item => item.Id.Kind == "ConfigMap");
        Assert.Equal("ConfigMap/demo/greeter-files-", map.Id.ToString()[..^10]);
        Assert.Equal("true", map.Body["immutable"]!.ToJsonString());
        Assert.Equal("""{"_ber.txt":"x","app.json":"{}\n"}""", map.Body["data"]!.ToJsonString());
        var pod = manifest.Objects.Single(item => item.Id.Kind == "Deployment").Body["spec"]!["template"]!["spec"]!;
        Assert.Equal($$$"""[{"name":"config-files","configMap":{"name":"{{{map.Id.Name}}}"}}]""", pod["volumes"]!.ToJsonString());
        Assert.Equal(
            """[{"name":"config-files","mountPath":"/etc/greeter/app.json","subPath":"app.json","readOnly":true},{"name":"config-files","mountPath":"/etc/greeter/über.txt","subPath":"_ber.txt","readOnly":true}]""",
            pod["containers"]![0]!["volumeMounts"]!.ToJsonString(YamlJson.Options));
    }

    [Fact]
    public void FilesOfTheSameName_AreToldApart()
    {
        var keys = ConfigFileKeys.Of(["/a/app.json", "/b/app.json", "/..data", "/c/.env"]);

        Assert.Equal(["9a8f43e8d418993f-app.json", "6d8ec65c7ad8a51f-app.json", "_..data", ".env"], keys.OrderBy(item => item.Key == "/..data" ? "/b/z" : item.Key, StringComparer.Ordinal).Select(item => item.Value));
    }

    [Fact]
    public void AChangedFile_IsAnotherConfigMap() =>
        Assert.NotEqual(Name(Render(("/etc/a", "1"))), Name(Render(("/etc/a", "2"))));

    private static string Name(RenderedManifest manifest) => manifest.Objects.Single(item => item.Id.Kind == "ConfigMap").Id.Name;

    private static RenderedManifest Render(params (string Path, string Text)[] files) => ManifestRenderer.Render(
        A.Settings() with { Pod = new PodSettings { ConfigFiles = files.ToDictionary(file => file.Path, file => file.Text) } }, new HashedSecrets(A.Salt));
}
