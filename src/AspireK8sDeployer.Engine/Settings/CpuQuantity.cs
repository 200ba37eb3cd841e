using System.Globalization;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Processors as Kubernetes writes them: whole numbers as they are, anything else in millicores.</summary>
internal static class CpuQuantity
{
    // More than any machine has, and far below what overflows.
    private const double Most = 1_000_000;

    public static bool IsValid(double cpu) => cpu is > 0 and <= Most;

    /// <summary>Rounded up to a whole millicore, the finest that Kubernetes knows.</summary>
    public static string Format(double cpu)
    {
        // The decimal drops the noise of binary fractions: 0.1 + 0.2 is 300m, not 301m.
        var millicores = (long)decimal.Ceiling((decimal)cpu * 1000);
        return millicores % 1000 == 0
            ? (millicores / 1000).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{millicores}m");
    }
}
