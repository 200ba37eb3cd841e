using System.Globalization;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;

/// <summary>The arithmetic of rollouts: how many pods each ReplicaSet may have. Pure.</summary>
internal static class RollingUpdate
{
    /// <summary>By age, and by name where that is the same: it is counted in seconds.</summary>
    public static readonly IComparer<V1ReplicaSet> OldestFirst = Comparer<V1ReplicaSet>.Create((a, b) =>
        Nullable.Compare(a.Metadata.CreationTimestamp, b.Metadata.CreationTimestamp) is not 0 and var age
            ? age
            : string.CompareOrdinal(a.Metadata.Name, b.Metadata.Name));

    public static bool IsRolling(V1Deployment deployment) => deployment.Spec.Strategy?.Type != "Recreate";

    public static int Replicas(V1Deployment deployment) => deployment.Spec.Replicas ?? 1;

    public static int Replicas(V1ReplicaSet set) => set.Spec.Replicas ?? 1;

    public static int Available(V1ReplicaSet set) => set.Status?.AvailableReplicas ?? 0;

    public static int Total(IEnumerable<V1ReplicaSet> sets) => sets.Sum(Replicas);

    /// <summary>How many pods more than wanted there may be during an update.</summary>
    public static int MaxSurge(V1Deployment deployment) => IsRolling(deployment) ? Limits(deployment).Surge : 0;

    /// <summary>How many pods may be missing.</summary>
    public static int MaxUnavailable(V1Deployment deployment) =>
        !IsRolling(deployment) || Replicas(deployment) == 0 ? 0 : Math.Min(Limits(deployment).Unavailable, Replicas(deployment));

    private static int MinAvailable(V1Deployment deployment) => Replicas(deployment) - MaxUnavailable(deployment);

    /// <summary>What the new ReplicaSet may grow to now.</summary>
    public static int NewReplicas(V1Deployment deployment, IReadOnlyCollection<V1ReplicaSet> all, int current)
    {
        if (!IsRolling(deployment))
        {
            return Replicas(deployment);
        }

        var room = Replicas(deployment) + MaxSurge(deployment) - Total(all);
        return room <= 0 ? current : current + Math.Min(room, Replicas(deployment) - current);
    }

    /// <summary>How many pods of the old ReplicaSets may go without too few being available.</summary>
    public static int MayScaleDown(V1Deployment deployment, IReadOnlyCollection<V1ReplicaSet> all, V1ReplicaSet created) =>
        Total(all) - MinAvailable(deployment) - (Replicas(created) - Available(created));

    /// <summary>The old ReplicaSets that have to shrink now, oldest first, and what to.</summary>
    public static IReadOnlyList<(V1ReplicaSet Set, int Size)> Shrink(V1Deployment deployment, V1ReplicaSet created, IEnumerable<V1ReplicaSet> old)
    {
        // One that is told to have no pods counts no more, even while its status still shows some.
        var active = old.Where(set => Replicas(set) > 0).OrderBy(set => set, OldestFirst).ToArray();
        var allowed = MayScaleDown(deployment, [.. active, created], created);
        if (active.Length == 0 || allowed <= 0)
        {
            return [];
        }

        var sizes = active.Select(Replicas).ToArray();
        if (DropUnavailable(active, sizes, allowed))
        {
            DropSpare(sizes, active.Append(created).Sum(Available) - MinAvailable(deployment));
        }

        return [.. active.Zip(sizes).Where(entry => entry.Second != Replicas(entry.First))];
    }

    /// <summary>Pods that do not work anyway go first: they take nothing from what is available. False when a status has not caught up yet.</summary>
    private static bool DropUnavailable(V1ReplicaSet[] sets, int[] sizes, int allowed)
    {
        for (var i = 0; i < sets.Length && allowed > 0; i++)
        {
            var unavailable = sizes[i] - Available(sets[i]);
            if (unavailable < 0)
            {
                return false;
            }

            var fewer = Math.Min(unavailable, allowed);
            sizes[i] -= fewer;
            allowed -= fewer;
        }

        return true;
    }

    private static void DropSpare(int[] sizes, int spare)
    {
        for (var i = 0; i < sizes.Length && spare > 0; i++)
        {
            var fewer = Math.Min(sizes[i], spare);
            sizes[i] -= fewer;
            spare -= fewer;
        }
    }

    /// <summary>The sizes of several active ReplicaSets after the Deployment was scaled: each keeps its share.</summary>
    public static IReadOnlyDictionary<string, int> Proportional(V1Deployment deployment, IReadOnlyCollection<V1ReplicaSet> active)
    {
        var wanted = Replicas(deployment);
        var allowed = wanted > 0 ? wanted + MaxSurge(deployment) : 0;
        var toAdd = allowed - Total(active);
        var ordered = toAdd > 0
            ? active.OrderByDescending(Replicas).ThenByDescending(set => set, OldestFirst).ToArray()
            : active.OrderByDescending(Replicas).ThenBy(set => set, OldestFirst).ToArray();

        var sizes = new Dictionary<string, int>();
        var added = 0;
        foreach (var set in ordered)
        {
            var share = Share(deployment, set, toAdd, added);
            sizes[set.Metadata.Name] = Replicas(set) + share;
            added += share;
        }

        if (toAdd != 0 && ordered.Length > 0)
        {
            // What rounding left over goes to the biggest.
            var first = ordered[0].Metadata.Name;
            sizes[first] = Math.Max(0, sizes[first] + toAdd - added);
        }

        return sizes;
    }

    private static int Share(V1Deployment deployment, V1ReplicaSet set, int toAdd, int added)
    {
        var size = Replicas(set);
        if (size == 0 || toAdd == 0 || toAdd == added)
        {
            return 0;
        }

        var wanted = Replicas(deployment);
        int fraction;
        if (wanted == 0)
        {
            fraction = -size;
        }
        else
        {
            // The share was one of the size before the Deployment was scaled; without the note about that, of what there is now.
            var before = ReplicaSetAnnotations.MaxReplicas(set) is > 0 and var noted ? noted : deployment.Status?.Replicas ?? 0;
            if (before == 0)
            {
                return 0;
            }

            var after = (double)size * (wanted + MaxSurge(deployment)) / before;
            fraction = (int)Math.Round(after, MidpointRounding.AwayFromZero) - size;
        }

        var left = toAdd - added;
        return toAdd > 0 ? Math.Min(fraction, left) : Math.Max(fraction, left);
    }

    private static (int Surge, int Unavailable) Limits(V1Deployment deployment)
    {
        var rolling = deployment.Spec.Strategy?.RollingUpdate;
        var surge = Resolve(rolling?.MaxSurge?.Value ?? "25%", Replicas(deployment), roundUp: true);
        var unavailable = Resolve(rolling?.MaxUnavailable?.Value ?? "25%", Replicas(deployment), roundUp: false);

        // With neither, an update could never begin; rounding can end there.
        return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable);
    }

    private static int Resolve(string value, int total, bool roundUp)
    {
        if (!value.EndsWith('%'))
        {
            return int.Parse(value, CultureInfo.InvariantCulture);
        }

        var part = long.Parse(value[..^1], CultureInfo.InvariantCulture) * total;
        return (int)(roundUp ? (part + 99) / 100 : part / 100);
    }
}
