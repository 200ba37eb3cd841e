namespace AspireK8sDeployer.AspireStandIn.Tests.Surface;

/// <summary>The public members of the real Aspire.Hosting 13.5, of the types that the stand-in has: a line for each, id and signature.</summary>
internal static class AspireFacts
{
    private static readonly Lazy<Dictionary<string, string>> Lines = new(() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Surface", "Aspire.Hosting.13.5.txt"))
            .Select(line => line.Split(" | ", 2))
            .ToDictionary(parts => parts[0].Split(" -> ")[0], parts => parts[1]));

    public static IReadOnlyDictionary<string, string> Signatures => Lines.Value;
}
