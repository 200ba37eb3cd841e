namespace Aspire.Hosting.ApplicationModel;

public class DistributedApplicationModel(IResourceCollection resources)
{
    public DistributedApplicationModel(IEnumerable<IResource> resources)
        : this(new ResourceCollection(resources))
    {
    }

    public IResourceCollection Resources { get; } = resources;
}

public static class DistributedApplicationModelExtensions
{
    public static IEnumerable<IResource> GetComputeResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);

        return model.Resources.Where(r => (r is ProjectResource || r.HasAnnotationOfType<ContainerImageAnnotation>()) && !r.IsExcludedFromPublish());
    }
}
