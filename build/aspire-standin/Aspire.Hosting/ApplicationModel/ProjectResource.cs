namespace Aspire.Hosting.ApplicationModel;

public class ProjectResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport,
    IResourceWithProbes, IComputeResource, IContainerFilesDestinationResource
{
    public ProjectResource(string name)
        : base(name) => Annotations.Add(Pipelines.ImageSteps.ForProject(this));
}

public static class ProjectResourceExtensions
{
    public static IEnumerable<ProjectResource> GetProjectResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);

        return model.Resources.OfType<ProjectResource>();
    }

    public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource)
    {
        ArgumentNullException.ThrowIfNull(projectResource);

        return projectResource.Annotations.OfType<IProjectMetadata>().Single();
    }
}
