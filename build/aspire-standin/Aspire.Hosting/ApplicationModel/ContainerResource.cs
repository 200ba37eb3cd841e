namespace Aspire.Hosting.ApplicationModel;

public class ContainerResource(string name, string? entrypoint = null) : Resource(name),
    IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    public string? Entrypoint { get; set; } = entrypoint;
}

public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    private string? _tag;
    private string? _sha256;

    public string? Registry { get; set; }

    public required string Image { get; set; }

    // A tag and a digest exclude one another: setting either clears the other.
    public string? Tag
    {
        get => _tag;
        set => (_tag, _sha256) = (value, null);
    }

    public string? SHA256
    {
        get => _sha256;
        set => (_sha256, _tag) = (value, null);
    }
}
