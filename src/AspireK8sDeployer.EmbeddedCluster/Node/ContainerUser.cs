using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using AspireK8sDeployer.EmbeddedCluster.Node.Images;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Whom a container runs as: what the pod says, else what the image says. Throws when <c>runAsNonRoot</c> forbids it.</summary>
internal static class ContainerUser
{
    public static (uint User, uint Group) Of(V1Pod pod, V1Container container, LocalImage image)
    {
        var own = container.SecurityContext;
        var shared = pod.Spec.SecurityContext;
        var (named, group) = FromImage(image);
        var user = own?.RunAsUser ?? shared?.RunAsUser ?? named;

        if ((own?.RunAsNonRoot ?? shared?.RunAsNonRoot) == true)
        {
            var who = $"(pod: \"{pod.Metadata.Name}_{pod.Metadata.NamespaceProperty}({pod.Metadata.Uid})\", container: {container.Name})";
            if (user is null)
            {
                throw new ContainerConfigException($"container has runAsNonRoot and image has non-numeric user ({image.Config.User}), cannot verify user is non-root {who}");
            }

            if (user == 0)
            {
                throw new ContainerConfigException((own?.RunAsUser ?? shared?.RunAsUser) is null
                    ? $"container has runAsNonRoot and image will run as root {who}"
                    : $"container's runAsUser breaks non-root policy {who}");
            }
        }

        return ((uint)(user ?? 0), (uint)(own?.RunAsGroup ?? shared?.RunAsGroup ?? group ?? user ?? 0));
    }

    /// <summary>The image's user; null when it is a name that is not in the image's own list of users.</summary>
    private static (long? User, long? Group) FromImage(LocalImage image)
    {
        if (image.Config.User is not { Length: > 0 } text)
        {
            return (0, 0);
        }

        var parts = text.Split(':');
        if (long.TryParse(parts[0], CultureInfo.InvariantCulture, out var id))
        {
            return (id, parts.Length > 1 && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var group) ? group : null);
        }

        var users = Path.Combine(image.RootDirectory, "etc", "passwd");
        var entry = File.Exists(users)
            ? File.ReadLines(users).Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 3 && fields[0] == parts[0])
            : null;
        return parts[0] == "root" ? (0, 0)
            : entry is null ? (null, null)
            : (long.Parse(entry[2], CultureInfo.InvariantCulture), long.Parse(entry[3], CultureInfo.InvariantCulture));
    }
}
