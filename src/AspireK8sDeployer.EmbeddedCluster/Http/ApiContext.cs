using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Protobuf;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>One request to a resource, authenticated and allowed.</summary>
internal sealed record ApiContext(ServerParts Parts, HttpContext Http, RequestInfo Info, UserInfo User, ResourceDefinition Resource)
{
    private const int LargestBody = 3 * 1024 * 1024;
    private const int LongestManager = 128;

    public List<string> Warnings { get; } = [];

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>The part of the object that is meant; null for the whole.</summary>
    public string? Subresource => Info.Subresource.Length == 0 ? null : Info.Subresource;

    public string? Query(string name) => QueryText.Text(Http.Request.Query[name]);

    public bool Flag(string name) => QueryText.IsTrue(Http.Request.Query[name]);

    public long? Number(string name) => QueryText.Number(Http.Request.Query[name]);

    /// <summary>The namespace of the object itself: a Namespace's path names it twice.</summary>
    public string Namespace => Resource.Namespaced ? Info.Namespace : "";

    /// <summary>The given field manager, or what the client calls itself.</summary>
    public string Manager
    {
        get
        {
            if (Query("fieldManager") is { Length: > 0 } given)
            {
                return given;
            }

            var agent = Http.Request.Headers.UserAgent.ToString();
            var name = agent.Split('/')[0];
            return name.Length > LongestManager ? name[..LongestManager] : name;
        }
    }

    public WriteRequest Write(WriteOptions options) => new(Resource, Namespace, Info.Name)
    {
        Subresource = Subresource,
        User = User,
        Manager = Manager,
        DryRun = options.DryRun,
        Warnings = Warnings,
    };

    /// <summary>The body; what came as protobuf, as JSON.</summary>
    public async Task<byte[]> ReadBodyAsync()
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await Http.Request.Body.ReadAsync(chunk, Aborted).ConfigureAwait(false)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > LargestBody)
            {
                throw new ApiException(413, "RequestEntityTooLarge", $"Request entity too large: limit is {LargestBody}");
            }
        }

        var body = buffer.ToArray();
        return body.Length > 0 && RequestBody.TypeOf(this) == ProtobufBody.ContentType ? JsonBytes.Of(ProtobufBody.ToJson(body)) : body;
    }
}
