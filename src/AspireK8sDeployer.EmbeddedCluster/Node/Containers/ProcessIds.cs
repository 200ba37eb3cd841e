using System.Globalization;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>What /proc tells about processes.</summary>
internal static class ProcessIds
{
    public static IEnumerable<int> All()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            {
                yield return pid;
            }
        }
    }

    public static IReadOnlyList<int> ChildrenOf(int pid) =>
        [.. Read(pid, $"task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, CultureInfo.InvariantCulture))];

    /// <summary>When the process started, in clock ticks since the machine did; with the id it names a process for good. Null when it is gone.</summary>
    public static long? StartTime(int pid) => StatField(pid, 22) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The session that a process belongs to; null when it is gone.</summary>
    public static int? Session(int pid) => StatField(pid, 6) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether the process is there and not a zombie that only waits to be collected.</summary>
    public static bool IsAlive(int pid) => StatField(pid, 3) is not (null or "Z" or "X");

    /// <summary>Whether the root directory of the process is not this machine's.</summary>
    public static bool HasRootOfItsOwn(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/root").LinkTarget is not (null or "/");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether the process has a handler for a signal.</summary>
    public static bool Handles(int pid, int signal)
    {
        var line = Read(pid, "status").Split('\n').FirstOrDefault(line => line.StartsWith("SigCgt:", StringComparison.Ordinal));
        return line is not null && (ulong.Parse(line["SigCgt:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1) & 1) != 0;
    }

    /// <summary>How much memory the process holds itself, in bytes.</summary>
    public static long ResidentMemory(int pid)
    {
        var fields = Read(pid, "statm").Split(' ');
        return fields.Length > 2 ? (long.Parse(fields[1], CultureInfo.InvariantCulture) - long.Parse(fields[2], CultureInfo.InvariantCulture)) * Environment.SystemPageSize : 0;
    }

    public static bool HasEnvironment(int pid, string variable) => Read(pid, "environ").Split('\0').Contains(variable);

    /// <summary>Whether a variable of the process begins with this value.</summary>
    public static bool HasMarker(int pid, string variable, string prefix) =>
        Read(pid, "environ").Split('\0').Any(entry => entry.StartsWith($"{variable}={prefix}", StringComparison.Ordinal));

    /// <summary>A field of /proc/PID/stat by its number in proc(5); the second is skipped over since it may hold anything.</summary>
    private static string? StatField(int pid, int number)
    {
        var stat = Read(pid, "stat");
        var afterName = stat.LastIndexOf(')');
        return afterName < 0 ? null : stat[(afterName + 2)..].Split(' ')[number - 3];
    }

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // gone, or somebody else's
        }
    }
}
