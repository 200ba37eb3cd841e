namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Removes what pods leave on disk.</summary>
internal static class PodDirectories
{
    /// <summary>Removes a directory with everything in it; what root wrote there as another user is no obstacle to root.</summary>
    public static void Remove(string directory)
    {
        try
        {
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that is just ending still writes; the next start removes what is left.
        }
    }
}
