namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>An image cannot be had. The message is the container runtime's.</summary>
internal sealed class ImagePullException(string message, Exception? inner = null) : Exception(message, inner)
{
    public static ImagePullException NotFound(string image) => new(
        $"rpc error: code = NotFound desc = failed to pull and unpack image \"{image}\": failed to resolve image: {image}: not found");

    public static ImagePullException Resolve(string image, string problem, Exception? inner = null) => new(
        $"failed to pull and unpack image \"{image}\": failed to resolve image: {problem}", inner);

    public static ImagePullException Unpack(string image, string problem, Exception? inner = null) => new(
        $"failed to pull and unpack image \"{image}\": {problem}", inner);
}
