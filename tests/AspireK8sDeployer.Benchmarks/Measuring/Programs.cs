namespace AspireK8sDeployer.Benchmarks.Measuring;

/// <summary>The programs of others.</summary>
internal static class Programs
{
    /// <summary>The path of a program that is named by its path, or is on the PATH; null when it is not there.</summary>
    public static string? Find(string program) => program.Contains(Path.DirectorySeparatorChar)
        ? (File.Exists(program) ? Path.GetFullPath(program) : null)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
