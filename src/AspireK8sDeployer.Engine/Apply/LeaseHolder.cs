using System.Globalization;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>
/// Who holds a deploy lock: a user, a machine, a process of it, and one deploy in that process. From this the same
/// machine can tell at once that the holder is gone, and need not wait for the lock to expire.
/// </summary>
internal sealed record LeaseHolder(string User, string Machine, int Process, string Start, string Run)
{
    // Deploys of this very process; one that is not among them ended without giving its lock back.
    private static readonly HashSet<string> Running = [];

    /// <summary>For example <c>ada@build-7, process 4711</c>.</summary>
    public string Described => $"{User}@{Machine.Split('/')[0]}, process {Process}";

    public bool IsOfThisMachine => Machine == ThisMachine();

    /// <summary>This process, in a deploy that begins now.</summary>
    public static LeaseHolder Begin()
    {
        var holder = new LeaseHolder(
            Environment.UserName, ThisMachine(), Environment.ProcessId, StartOf(Environment.ProcessId) ?? "", Guid.NewGuid().ToString("N"));
        lock (Running)
        {
            Running.Add(holder.Run);
        }

        return holder;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null when somebody else wrote it.</summary>
    public static LeaseHolder? Parse(string text) =>
        text.Split(' ') is [var user, var machine, var process, var start, var run] && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new LeaseHolder(user, machine, id, start, run)
            : null;

    /// <summary>Names a holder, whoever wrote it.</summary>
    public static string Describe(string text) => Parse(text)?.Described ?? $"'{text}'";

    /// <summary>The deploy is over, whether the lock could be given back or not.</summary>
    public void End()
    {
        lock (Running)
        {
            Running.Remove(Run);
        }
    }

    /// <summary>Whether the holder is known to be gone. False also when it cannot be known from here.</summary>
    public bool IsGone()
    {
        if (!IsOfThisMachine)
        {
            return false;
        }

        if (Process != Environment.ProcessId || Start != StartOf(Environment.ProcessId))
        {
            return StartOf(Process) != Start;
        }

        lock (Running)
        {
            return !Running.Contains(Run);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Word(User)} {Machine} {Process} {Start} {Run}");

    // With the boot and the process namespace: containers share names and numbers of processes.
    private static string ThisMachine()
    {
        var name = Word(Environment.MachineName);
        if (!OperatingSystem.IsLinux())
        {
            return name;
        }

        var boot = Read("/proc/sys/kernel/random/boot_id")?.Trim() ?? "";
        var processes = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
        return $"{name}/{boot}/{Word(processes)}";
    }

    // When the process started, in the machine's own terms; null when there is none.
    private static string? StartOf(int process)
    {
        if (OperatingSystem.IsLinux())
        {
            // After the name, which may hold anything, come state, parent, …; the start is the 20th.
            var fields = Read($"/proc/{process}/stat") is { } text ? text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
            // A zombie has ended; only its parent has not noticed.
            return fields.Length > 19 && fields[0] is not ("Z" or "X") ? fields[19] : null;
        }

        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Word(string text) => text.Replace(' ', '_');
}
