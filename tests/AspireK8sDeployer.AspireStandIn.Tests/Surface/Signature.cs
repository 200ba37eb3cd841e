using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AspireK8sDeployer.AspireStandIn.Tests.Surface;

/// <summary>A public type or member, written as the facts write it: one line of C#, with its attributes after it.</summary>
internal static class Signature
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => OfType(type),
        ConstructorInfo constructor => $"{Access(constructor)} {constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})",
        MethodInfo method => OfMethod(method),
        PropertyInfo property => OfProperty(property),
        FieldInfo { DeclaringType.IsEnum: true } field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}",
        FieldInfo field => OfField(field),
        _ => throw new NotSupportedException(member.ToString()),
    } + Attributes(member);

    private static string OfType(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "") + (IsRecord(type) ? "record" : "class"),
        };

        var bases = type.IsEnum || type.IsValueType ? [] : Interfaces(type).Select(i => CSharp.Name(i)).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && type.IsClass)
        {
            bases.Insert(0, CSharp.Name(parent));
        }

        var inherited = bases.Count > 0 ? $" : {string.Join(", ", bases)}" : "";
        return $"public {kind} {CSharp.Name(type)}{inherited}{Constraints(type.GetGenericArguments())}";
    }

    // Those that neither the base type nor another interface brings.
    private static IEnumerable<Type> Interfaces(Type type)
    {
        var all = type.GetInterfaces();
        var implied = all.SelectMany(i => i.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        return all.Where(i => !implied.Contains(i));
    }

    private static string OfMethod(MethodInfo method)
    {
        var parameters = Parameters(method);
        var self = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Access(method)} {Modifiers(method)}{CSharp.Nullable(method.ReturnParameter)} {CSharp.Name(method)}({self}{parameters}){Constraints(method.GetGenericArguments())}";
    }

    private static string OfProperty(PropertyInfo property)
    {
        var accessor = property.GetMethod ?? property.SetMethod!;
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"Item[{string.Join(", ", index.Select(Parameter))}]";
        var set = property.SetMethod is { IsPublic: true } setter
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        return $"{Access(accessor)} {required}{Modifiers(accessor)}{CSharp.Nullable(property)} {name} {{ get;{set} }}";
    }

    private static string OfField(FieldInfo field)
    {
        var type = CSharp.Nullable(field);
        return field.IsLiteral
            ? $"public const {type} {field.Name} = {Literal(field.GetRawConstantValue(), field.FieldType)}"
            : $"public {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface)
        {
            return method.IsAbstract ? "" : "/*default impl*/ ";
        }

        var isOverride = method.GetBaseDefinition() != method;
        return method switch
        {
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            _ when isOverride => "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
    }

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{modifier}{CSharp.Nullable(parameter)} {parameter.Name}{value}";
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && System.Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        _ when (System.Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } @enum => $"{@enum.Name}.{Enum.ToObject(@enum, value)}",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(Type[] arguments)
    {
        var text = "";
        foreach (var argument in arguments.Where(a => a.IsGenericParameter))
        {
            var attributes = argument.GenericParameterAttributes;
            var constraints = argument.GetGenericParameterConstraints().Select(c => CSharp.Name(c)).ToList();
            if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            {
                constraints.Insert(0, "class");
            }

            if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            {
                constraints.Add("new()");
            }

            text += constraints.Count > 0 ? $" where {argument.Name} : {string.Join(", ", constraints)}" : "";
        }

        return text;
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static string Attributes(MemberInfo member)
    {
        var text = "";
        if (member.GetCustomAttribute<ExperimentalAttribute>() is { } experimental)
        {
            text += $" [Experimental(\"{experimental.DiagnosticId}\")]";
        }

        if (member.GetCustomAttribute<ObsoleteAttribute>() is { } obsolete && member is not ConstructorInfo)
        {
            text += $" [Obsolete(\"{obsolete.Message}\"{(obsolete.IsError ? ", error: True" : "")})]";
        }

        if (member.GetCustomAttribute<OverloadResolutionPriorityAttribute>() is { } priority)
        {
            text += $" [OverloadResolutionPriority({priority.Priority})]";
        }

        return text + (member.IsDefined(typeof(FlagsAttribute)) ? " [Flags]" : "");
    }
}
