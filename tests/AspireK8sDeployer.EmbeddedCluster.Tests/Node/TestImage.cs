using System.Formats.Tar;
using System.Net.Http.Headers;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node;

/// <summary>Packs files into images and pushes them, as a builder of images would.</summary>
internal sealed class TestImage
{
    private readonly List<(string Name, byte[] Content, UnixFileMode Mode)> _files = [];

    public JsonObject Config { get; } = new() { ["Env"] = new JsonArray("PATH=/usr/local/bin:/usr/bin:/bin") };

    /// <summary>The web server of the tests, in <c>/app</c>, as the SDK lays it out.</summary>
    public static TestImage WebApp()
    {
        var image = new TestImage();
        foreach (var file in Directory.EnumerateFiles(Metadata("TestAppDirectory")))
        {
            image._files.Add(($"app/{Path.GetFileName(file)}", File.ReadAllBytes(file), UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead));
        }

        image.Config["WorkingDir"] = "/app/";
        image.Config["User"] = "1654";
        image.Config["Entrypoint"] = new JsonArray("dotnet", "/app/AspireK8sDeployer.EmbeddedCluster.TestApp.dll");
        image.Config["Env"]!.AsArray().Add("ASPNETCORE_HTTP_PORTS=8080");
        return image;
    }

    /// <summary>An image that runs a shell script of this machine's shell.</summary>
    public static TestImage Script(string script)
    {
        var image = new TestImage();
        image._files.Add(("job/run.sh", Encoding.UTF8.GetBytes("#!/bin/sh\n" + script), (UnixFileMode)0b111_101_101));
        image.Config["WorkingDir"] = "/job";
        image.Config["Entrypoint"] = new JsonArray("/job/run.sh");
        return image;
    }

    public static string Metadata(string key) => typeof(TestImage).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    public TestImage WithFile(string name, string content, UnixFileMode mode = UnixFileMode.UserRead)
    {
        _files.Add((name, Encoding.UTF8.GetBytes(content), mode));
        return this;
    }

    /// <summary>Pushes the image and returns its name.</summary>
    public async Task<string> PushAsync(EmbeddedCluster cluster, string repositoryAndTag, CancellationToken cancellationToken)
    {
        using var client = Client(cluster);
        await PushAsync(client, repositoryAndTag, cancellationToken);
        return $"{cluster.RegistryHost}/{repositoryAndTag}";
    }

    /// <summary>Pushes the image to any registry.</summary>
    public async Task PushAsync(HttpClient client, string repositoryAndTag, CancellationToken cancellationToken)
    {
        var (repository, tag) = (repositoryAndTag.Split(':')[0], repositoryAndTag.Split(':')[1]);

        var layer = Layer();
        var config = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = Config.DeepClone(),
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(Digest(layer)) },
        });
        foreach (var blob in (byte[][])[layer, config])
        {
            using var pushed = await client.PostAsync($"v2/{repository}/blobs/uploads/?digest={Digest(blob)}", new ByteArrayContent(blob), cancellationToken);
            pushed.EnsureSuccessStatusCode();
        }

        var manifest = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
            ["config"] = Descriptor("application/vnd.oci.image.config.v1+json", config),
            ["layers"] = new JsonArray(Descriptor("application/vnd.oci.image.layer.v1.tar", layer)),
        });
        using var content = new ByteArrayContent(manifest) { Headers = { ContentType = new("application/vnd.oci.image.manifest.v1+json") } };
        using var response = await client.PutAsync($"v2/{repository}/manifests/{tag}", content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public static HttpClient Client(EmbeddedCluster cluster) => Client(cluster.RegistryHost, cluster.RegistryUser, cluster.RegistryPassword);

    public static HttpClient Client(string host, string user, string password) => new()
    {
        BaseAddress = new Uri($"http://{host}/"),
        DefaultRequestHeaders =
        {
            Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))),
        },
    };

    public static string Digest(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    private static JsonObject Descriptor(string mediaType, byte[] content) =>
        new() { ["mediaType"] = mediaType, ["digest"] = Digest(content), ["size"] = content.Length };

    private byte[] Layer()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var (name, content, mode) in _files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), Mode = mode });
            }
        }

        return stream.ToArray();
    }
}
