namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Files and directories that only their owner can read: kubeconfigs and passwords are in them.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file at once; it is never there with more rights or half of its content.</summary>
    public static void Write(string path, string content)
    {
        var temporary = $"{path}.{Environment.ProcessId}~";
        using (var file = new StreamWriter(new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        })))
        {
            file.Write(content);
        }

        File.Move(temporary, path, overwrite: true);
    }

    public static string CreateDirectory(string path)
    {
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);

        // One that was there may be open to others.
        File.SetUnixFileMode(path, OwnerOnly | UnixFileMode.UserExecute);
        return Path.GetFullPath(path);
    }
}
