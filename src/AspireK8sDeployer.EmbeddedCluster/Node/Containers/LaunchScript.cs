using System.Globalization;
using System.Text;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>
/// The shell script that makes a container's root directory inside its own mount namespace and then becomes its process.
/// </summary>
/// <remarks>
/// An image that is a system of its own is the root. One that holds only an application is laid over this machine's
/// directories, which are mounted read-only, so that <c>/app</c> and the runtime are both where they belong.
/// </remarks>
internal sealed class LaunchScript
{
    /// <summary>Written when everything is mounted: what fails before is a failure to start, and what fails after is the program's.</summary>
    public const string StartedFile = "started";

    /// <summary>Written when the container has a copy of its image, for want of an overlay: what is there is not what it wrote.</summary>
    public const string CopiedFile = "copied";

    // Not needed by a program, or mounted separately.
    private static readonly HashSet<string> Skipped = ["boot", "dev", "lost+found", "media", "mnt", "proc", "sys", "tmp"];

    // The container's own PATH is not for the commands of this script.
    private readonly StringBuilder _script = new("set -eu\ncontainer_path=${PATH-}\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n");
    private readonly ContainerSpec _spec;
    private readonly ContainerFiles _files;
    private readonly Isolation _isolation;
    private readonly string _root;

    private LaunchScript(ContainerSpec spec, ContainerFiles files, Isolation isolation)
    {
        _spec = spec;
        _files = files;
        _isolation = isolation;
        _root = Path.Combine(spec.Directory, "root");
    }

    public static string Render(ContainerSpec spec, ContainerFiles files, Isolation isolation, string program)
    {
        var script = new LaunchScript(spec, files, isolation);
        script.MountRoot();
        script.MountSystem();
        script.MountVolumes();
        script.Execute(program);
        return script._script.ToString();
    }

    internal static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private void MountRoot()
    {
        if (_files.IsComplete)
        {
            Overlay(_spec.ImageRoot, "", _root);
            return;
        }

        Line($"mount -t tmpfs -o mode=0755 container {Quote(_root)}");
        var ofImage = _files.TopLevel.ToHashSet(StringComparer.Ordinal);
        foreach (var entry in Directory.EnumerateFileSystemEntries("/").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(entry);
            if (!Skipped.Contains(name) && !ofImage.Contains(name))
            {
                ShowMachine(entry, InRoot(entry));
            }
        }

        foreach (var name in ofImage)
        {
            ShowImage(name);
        }
    }

    private void ShowMachine(string entry, string target)
    {
        if (new FileInfo(entry).LinkTarget is { } link)
        {
            Line($"ln -s {Quote(link)} {Quote(target)}");
        }
        else if (Directory.Exists(entry))
        {
            Line($"mkdir {Quote(target)}");
            BindReadOnly(entry, target);
        }
    }

    private void ShowImage(string name)
    {
        var source = Path.Combine(_spec.ImageRoot, name);
        var target = InRoot("/" + name);
        if (new FileInfo(source).LinkTarget is { } link)
        {
            Line($"ln -s {Quote(link)} {Quote(target)}");
        }
        else if (File.Exists(source))
        {
            Line($"cp -p {Quote(source)} {Quote(target)}");
        }
        else
        {
            // Over this machine's directory of the same name, when there is one.
            var machine = "/" + name;
            Line($"mkdir {Quote(target)}");
            Overlay(Directory.Exists(machine) ? $"{Escape(source)}:{machine}" : Escape(source), name, target);
        }
    }

    private void Overlay(string lower, string name, string target)
    {
        var upper = Directory.CreateDirectory(Path.Combine(_spec.Directory, "upper", name)).FullName;
        var work = Directory.CreateDirectory(Path.Combine(_spec.Directory, "work", name)).FullName;
        var options = $"lowerdir={(name.Length == 0 ? Escape(lower) : lower)},upperdir={Escape(upper)},workdir={Escape(work)}";
        if (_isolation == Isolation.UserNamespace)
        {
            options += ",userxattr";
        }

        // Where there is no overlay (it cannot be on top of another), the container writes to a copy.
        Line($"mount -t overlay -o {Quote(options)} container {Quote(target)} 2>/dev/null || {{ : > {Quote(Path.Combine(_spec.Directory, CopiedFile))}; cp -a {Quote(Path.Combine(_spec.ImageRoot, name) + "/.")} {Quote(upper)}; mount --bind {Quote(upper)} {Quote(target)}; }}");
    }

    private void MountSystem()
    {
        Line($"cd {Quote(_root)}");
        Line("mkdir -p proc sys dev tmp etc");
        Line("mount -t proc proc proc 2>/dev/null || mount --rbind /proc proc");
        Line("mount --rbind /sys sys");
        Line("mount --rbind /dev dev");

        var temporary = Directory.CreateDirectory(Path.Combine(_spec.Directory, "tmp")).FullName;
        File.SetUnixFileMode(temporary, (UnixFileMode)0b1_111_111_111);
        Line($"mount --bind {Quote(temporary)} tmp");

        if (_files.IsComplete)
        {
            foreach (var file in (string[])["etc/resolv.conf", "etc/hosts"])
            {
                Line($"rm -f {file}; : > {file}");
                BindReadOnly("/" + file, file);
            }
        }
    }

    private void MountVolumes()
    {
        // Without links: the commands run outside of the root, and would follow them to this machine's directories.
        List<BindMount> mounts = [.. _spec.Mounts.Select(mount => mount with { Target = _files.Resolve(mount.Target) })];
        if (_spec.ReadOnlyRoot)
        {
            // The mount points must be there before nothing more can be made.
            mounts.ForEach(MakeMountPoint);
            Line("mount -o remount,ro . 2>/dev/null || mount -o remount,bind,ro .");
            Line("mount -o remount,bind,ro tmp");
            foreach (var name in _files.IsComplete ? [] : _files.TopLevel.Where(name => Directory.Exists(Path.Combine(_spec.ImageRoot, name))))
            {
                Line($"mount -o remount,ro {Quote(name)}");
            }
        }

        foreach (var mount in mounts)
        {
            if (!_spec.ReadOnlyRoot)
            {
                MakeMountPoint(mount);
            }

            var target = Quote(InRoot(mount.Target));
            Line(mount.ReadOnly
                ? $"mount -o bind,ro {Quote(mount.Source)} {target} 2>/dev/null || mount --bind {Quote(mount.Source)} {target}"
                : $"mount --bind {Quote(mount.Source)} {target}");
        }
    }

    /// <summary>
    /// A mount point under a directory of this machine cannot be made there: its parent is first replaced by an empty
    /// directory that shows the same entries.
    /// </summary>
    private void MakeMountPoint(BindMount mount)
    {
        var target = InRoot(mount.Target);
        var make = Directory.Exists(mount.Source)
            ? $"mkdir -p {Quote(target)}"
            : $"mkdir -p {Quote(Path.GetDirectoryName(target)!)} && : >> {Quote(target)}";

        var top = mount.Target.Split('/', StringSplitOptions.RemoveEmptyEntries)[0];
        if (_files.IsComplete || _files.TopLevel.Contains(top) || !Directory.Exists("/" + top) || new DirectoryInfo("/" + top).LinkTarget is not null)
        {
            Line(make);
            return;
        }

        var writable = Directory.CreateDirectory(Path.Combine(_spec.Directory, "upper", top)).FullName;
        var work = Directory.CreateDirectory(Path.Combine(_spec.Directory, "work", top)).FullName;
        var options = $"lowerdir=/{top},upperdir={Escape(writable)},workdir={Escape(work)}{(_isolation == Isolation.UserNamespace ? ",userxattr" : "")}";
        Line($"{{ {make}; }} 2>/dev/null || {{ mount -t overlay -o {Quote(options)} container {Quote(InRoot("/" + top))}; {make}; }}");
    }

    private void Execute(string program)
    {
        Line($"mkdir -p {Quote(InRoot(_spec.WorkingDirectory))} 2>/dev/null || true");
        Line($": > {Quote(Path.Combine(_spec.Directory, StartedFile))}");
        if (!ExecutableFormat.IsKnown(_files.Find(program)))
        {
            Line($"echo {Quote($"exec {_spec.Command[0]}: exec format error")}; exit 1");
            return;
        }

        var command = string.Join(' ', _spec.Command.Skip(1).Prepend(program).Select(Quote));
        var users = _isolation == Isolation.Root
            ? string.Create(CultureInfo.InvariantCulture, $" --setgid {_spec.Group} --setuid {_spec.User}")
            : "";
        var restrict = _spec.AllowPrivilegeEscalation ? "" : $"{HostTools.SetPriv} --no-new-privs ";
        Line($"PATH=$container_path exec {restrict}{HostTools.Unshare} --root {Quote(_root)} --wd {Quote(_spec.WorkingDirectory)}{users} -- {command}");
    }

    private void BindReadOnly(string source, string target) =>
        Line($"mount -o bind,ro {Quote(source)} {Quote(target)} 2>/dev/null || mount --rbind {Quote(source)} {Quote(target)}");

    private string InRoot(string path) => _root + Path.GetFullPath(path);

    /// <summary>Characters that separate the options and layers of an overlay.</summary>
    private static string Escape(string path) =>
        path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);

    private void Line(string command) => _script.Append(command).Append('\n');
}
