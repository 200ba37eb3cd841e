namespace AspireK8sDeployer.Hosting.Images;

/// <summary>An image's registry, repository, and tag or digest.</summary>
internal sealed record ImageReference(string Registry, string Repository, string Reference)
{
    private const string DefaultRegistry = "docker.io";

    /// <summary>The reference with its digest instead of its tag; what a Deployment names.</summary>
    public string AtDigest(string digest) => $"{Registry}/{Repository}@{digest}";

    public override string ToString() => $"{Registry}/{Repository}{(Reference.Contains(':') ? '@' : ':')}{Reference}";

    /// <summary>Reads <c>[host[:port]/]repository[:tag][@digest]</c>; the first part is a host when it looks like one.</summary>
    public static ImageReference Parse(string image)
    {
        var name = image;
        string? reference = null;
        if (name.IndexOf('@') is var at and > 0)
        {
            reference = name[(at + 1)..];
            name = name[..at];
        }

        if (name.LastIndexOf(':') is var colon and > 0 && colon > name.LastIndexOf('/'))
        {
            reference ??= name[(colon + 1)..];
            name = name[..colon];
        }

        var slash = name.IndexOf('/');
        var first = slash < 0 ? "" : name[..slash];
        var hasHost = first.Contains('.') || first.Contains(':') || first == "localhost";
        return hasHost
            ? new ImageReference(first, name[(slash + 1)..], reference ?? "latest")
            : new ImageReference(DefaultRegistry, slash < 0 ? $"library/{name}" : name, reference ?? "latest");
    }
}
