using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of tolerations.</summary>
internal static class TolerationRules
{
    public static void Check(IEnumerable<V1Toleration> tolerations, SettingCheck check)
    {
        foreach (var toleration in check.Elements(tolerations))
        {
            CheckKey(toleration, check);
            CheckValue(toleration, check);
            check.Unless(
                toleration.Effect is null or "" or "NoSchedule" or "PreferNoSchedule" or "NoExecute",
                $"'{toleration.Effect}' is not an effect (NoSchedule, PreferNoSchedule, NoExecute; none for all)");
            check.Unless(
                toleration.TolerationSeconds is null || toleration.Effect == "NoExecute",
                $"TolerationSeconds {toleration.TolerationSeconds} need the effect NoExecute, this one is '{toleration.Effect}'");
        }
    }

    private static void CheckKey(V1Toleration toleration, SettingCheck check)
    {
        if (string.IsNullOrEmpty(toleration.Key))
        {
            check.Unless(toleration.OperatorProperty == "Exists", "one without a key tolerates every taint, and needs the operator Exists");
        }
        else
        {
            check.Unless(SyntaxRules.IsQualifiedName(toleration.Key), $"'{toleration.Key}' is not a taint's key ([prefix/]name)");
        }
    }

    private static void CheckValue(V1Toleration toleration, SettingCheck check)
    {
        var value = toleration.Value ?? "";
        switch (toleration.OperatorProperty)
        {
            case null or "" or "Equal":
                check.Unless(SyntaxRules.IsLabelValue(value), $"'{value}' is not a taint's value (letters, digits, '-', '_' and '.', at most 63)");
                break;
            case "Exists":
                check.Unless(value.Length == 0, $"the operator Exists takes no value, this one has '{value}'");
                break;
            default:
                check.Unless(false, $"'{toleration.OperatorProperty}' is not an operator (Equal, Exists)");
                break;
        }
    }
}
