using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ContainerResourceBuilderExtensions
{
    public static IResourceBuilder<ContainerResource> AddContainer(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string image)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.AddResource(new ContainerResource(name)).WithImage(image);
    }

    public static IResourceBuilder<ContainerResource> AddContainer(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string image, string tag)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);

        return builder.AddContainer(name, image).WithImageTag(tag);
    }

    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(image);

        var parsed = ImageName.Parse(image);
        if (tag is not null && (parsed.Tag ?? parsed.Digest) is not null)
        {
            throw new InvalidOperationException($"The image '{image}' has a tag or a digest already; leave out '{tag}'.");
        }

        var annotation = new ContainerImageAnnotation { Image = parsed.Repository, Registry = parsed.Registry };
        if (parsed.Digest is not null)
        {
            annotation.SHA256 = parsed.Digest;
        }
        else
        {
            annotation.Tag = tag ?? parsed.Tag ?? "latest";
        }

        return builder.WithAnnotation(annotation, ResourceAnnotationMutationBehavior.Replace);
    }

    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource
    {
        builder.Image().Tag = tag;
        return builder;
    }

    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
        where T : ContainerResource
    {
        builder.Image().Registry = registry;
        return builder;
    }

    public static IResourceBuilder<T> WithImageSHA256<T>(this IResourceBuilder<T> builder, string sha256)
        where T : ContainerResource
    {
        builder.Image().SHA256 = sha256;
        return builder;
    }

    public static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint)
        where T : ContainerResource
    {
        builder.Resource.Entrypoint = entrypoint;
        return builder;
    }

    private static ContainerImageAnnotation Image<T>(this IResourceBuilder<T> builder)
        where T : ContainerResource =>
        builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image)
            ? image
            : throw new InvalidOperationException($"'{builder.Resource.Name}' has no image yet; call 'WithImage' first.");
}

/// <summary>The parts of <c>[registry/]repository[:tag][@sha256:digest]</c>.</summary>
internal readonly record struct ImageName(string? Registry, string Repository, string? Tag, string? Digest)
{
    public static ImageName Parse(string image)
    {
        var digestAt = image.IndexOf("@sha256:", StringComparison.Ordinal);
        var digest = digestAt < 0 ? null : image[(digestAt + "@sha256:".Length)..];
        var rest = digestAt < 0 ? image : image[..digestAt];

        // A colon before the last slash belongs to the registry's port.
        var tagAt = rest.LastIndexOf(':');
        var hasTag = tagAt > rest.LastIndexOf('/');
        var tag = hasTag ? rest[(tagAt + 1)..] : null;
        rest = hasTag ? rest[..tagAt] : rest;

        // The first part is a registry when it looks like a host.
        var slash = rest.IndexOf('/');
        var first = slash < 0 ? "" : rest[..slash];
        var isHost = first == "localhost" || first.AsSpan().ContainsAny('.', ':');
        return new(isHost ? first : null, isHost ? rest[(slash + 1)..] : rest, tag, digest);
    }
}
