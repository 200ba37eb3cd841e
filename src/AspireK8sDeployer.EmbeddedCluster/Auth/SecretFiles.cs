namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>Small secrets in files that only their owner can read; without a directory they live in memory alone.</summary>
internal sealed class SecretFiles(string? directory)
{
    public string GetOrCreate(string name, Func<string> create)
    {
        if (directory is null)
        {
            return create();
        }

        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, name);
        if (File.Exists(path))
        {
            return File.ReadAllText(path);
        }

        // Written beside its place and moved there, so that a kill leaves a whole file or none.
        var value = create();
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, OwnerOnly()))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(value);
        }

        File.Move(temporary, path, overwrite: true);
        return value;
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
