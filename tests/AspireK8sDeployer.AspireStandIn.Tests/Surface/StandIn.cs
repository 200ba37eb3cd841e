using System.Reflection;

namespace AspireK8sDeployer.AspireStandIn.Tests.Surface;

/// <summary>The public types and members of the stand-in.</summary>
internal static class StandIn
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static Assembly Assembly => typeof(Aspire.Hosting.DistributedApplication).Assembly;

    public static IEnumerable<MemberInfo> Members => Assembly.GetExportedTypes().SelectMany(type => MembersOf(type).Prepend(type));

    public static IEnumerable<MemberInfo> MembersOf(Type type)
    {
        foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic && !f.IsSpecialName))
        {
            yield return field;
        }

        foreach (var property in type.GetProperties(Declared).Where(p => IsVisible(p.GetMethod ?? p.SetMethod!)))
        {
            yield return property;
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(c => IsVisible(c) && !c.IsStatic))
        {
            yield return constructor;
        }

        // Accessors belong to their properties, and what has a name that C# cannot say is the compiler's.
        foreach (var method in type.GetMethods(Declared).Where(m => IsVisible(m) && !m.Name.Contains('<') && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))))
        {
            yield return method;
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
