namespace AspireK8sDeployer.Hosting.Images;

/// <summary>A project's publish output, and how its container is to be.</summary>
/// <param name="ProjectPath">The project file.</param>
/// <param name="Directory">The folder with the published files.</param>
/// <param name="BaseImage">The image to build on.</param>
/// <param name="ContainerProperties">What else shapes the image: entry point, environment, ports, labels, user.</param>
internal sealed record PublishedProject(string ProjectPath, string Directory, string BaseImage, IReadOnlyList<string> ContainerProperties);
