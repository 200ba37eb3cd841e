using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>
/// Whether the kernel would run a file. The programs that start containers here do not ask it alone: what it refuses they
/// give to a shell, which takes it for a script.
/// </summary>
internal static class ExecutableFormat
{
    private const string Emulators = "/proc/sys/fs/binfmt_misc";
    private const int MachineOffset = 18;

    public static bool IsKnown(string path)
    {
        Span<byte> header = stackalloc byte[MachineOffset + 2];
        try
        {
            using var file = File.OpenRead(path);
            header = header[..file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true; // a link that only the container can follow, or a file that only its user can read
        }

        return header.StartsWith("#!"u8) || IsOfThisMachine(header) || HasEmulators();
    }

    private static bool IsOfThisMachine(ReadOnlySpan<byte> header)
    {
        ushort? machine = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => 62,
            Architecture.Arm64 => 183,
            _ => null,
        };
        return header.StartsWith("\u007fELF"u8)
            && (machine is null || (header.Length == MachineOffset + 2 && BinaryPrimitives.ReadUInt16LittleEndian(header[MachineOffset..]) == machine));
    }

    /// <summary>Programs of other machines may be run by one of this machine's own.</summary>
    private static bool HasEmulators() =>
        Directory.Exists(Emulators) && Directory.EnumerateFiles(Emulators).Any(file => Path.GetFileName(file) is not ("register" or "status"));
}
