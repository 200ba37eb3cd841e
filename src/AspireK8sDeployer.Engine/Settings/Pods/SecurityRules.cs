using AspireK8sDeployer.Engine.Render;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of security contexts: values that there are not, and pairs that contradict each other.</summary>
internal static class SecurityRules
{
    public static void CheckPod(V1PodSecurityContext? context, SettingCheck check)
    {
        if (context is null)
        {
            return;
        }

        CheckIds(check, ("RunAsUser", context.RunAsUser), ("RunAsGroup", context.RunAsGroup), ("FsGroup", context.FsGroup));
        foreach (var group in context.SupplementalGroups ?? [])
        {
            CheckIds(check, ("SupplementalGroups", group));
        }

        check.Unless(context is not { RunAsNonRoot: true, RunAsUser: 0 }, "RunAsUser 0 is root, which RunAsNonRoot forbids");
        check.Unless(context.FsGroupChangePolicy is null or "Always" or "OnRootMismatch", $"'{context.FsGroupChangePolicy}' is not a FsGroupChangePolicy (Always, OnRootMismatch)");
        check.Unless(context.SupplementalGroupsPolicy is null or "Merge" or "Strict", $"'{context.SupplementalGroupsPolicy}' is not a SupplementalGroupsPolicy (Merge, Strict)");
        CheckProfile("SeccompProfile", context.SeccompProfile?.Type, context.SeccompProfile?.LocalhostProfile, context.SeccompProfile is not null, check);
        CheckProfile("AppArmorProfile", context.AppArmorProfile?.Type, context.AppArmorProfile?.LocalhostProfile, context.AppArmorProfile is not null, check);
        foreach (var same in check.Elements(context.Sysctls).GroupBy(sysctl => sysctl.Name))
        {
            check.Unless(!string.IsNullOrEmpty(same.Key), "a sysctl has no name");
            check.Unless(same.Count() == 1, $"the sysctl '{same.Key}' is set twice");
        }
    }

    public static void CheckContainer(V1SecurityContext? context, V1PodSecurityContext? pod, SettingCheck check)
    {
        if (context is null)
        {
            return;
        }

        CheckIds(check, ("RunAsUser", context.RunAsUser), ("RunAsGroup", context.RunAsGroup));
        check.Unless(
            !((context.RunAsNonRoot ?? pod?.RunAsNonRoot) == true && (context.RunAsUser ?? pod?.RunAsUser) == 0), "RunAsUser 0 is root, which RunAsNonRoot forbids");
        check.Unless(
            context.AllowPrivilegeEscalation != false || !SecurityContexts.MayEscalate(context),
            "AllowPrivilegeEscalation is false, but Privileged or the capability SYS_ADMIN allows it");
        check.Unless(context.ProcMount is null or "Default" or "Unmasked", $"'{context.ProcMount}' is not a ProcMount (Default, Unmasked)");
        CheckProfile("SeccompProfile", context.SeccompProfile?.Type, context.SeccompProfile?.LocalhostProfile, context.SeccompProfile is not null, check);
        CheckProfile("AppArmorProfile", context.AppArmorProfile?.Type, context.AppArmorProfile?.LocalhostProfile, context.AppArmorProfile is not null, check);
    }

    private static void CheckIds(SettingCheck check, params (string Name, long? Id)[] ids)
    {
        foreach (var (name, id) in ids)
        {
            check.Unless(id is null or (>= 0 and <= int.MaxValue), $"{name} {id} is not an id (0 to 2147483647)");
        }
    }

    private static void CheckProfile(string name, string? type, string? file, bool given, SettingCheck check)
    {
        if (given)
        {
            check.Unless(type is "RuntimeDefault" or "Unconfined" or "Localhost", $"'{type}' is not a type of {name} (RuntimeDefault, Unconfined, Localhost)");
            check.Unless((type == "Localhost") == !string.IsNullOrEmpty(file), $"{name} names a file (LocalhostProfile) exactly when its type is Localhost");
        }
    }
}
