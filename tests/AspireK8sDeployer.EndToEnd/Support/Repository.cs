namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>Where the checkout is, found from the folder that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>What is built for the tests, and so for what they run: <c>debug</c> or <c>release</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AspireK8sDeployer.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No AspireK8sDeployer.sln above '{AppContext.BaseDirectory}'. Run the tests from a checkout.");
    }
}
