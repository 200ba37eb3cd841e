using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>
/// Makes a pod's process listen on the pod's own address. All pods share this machine's network, where one that
/// listens on every address would take its port from all others.
/// </summary>
internal static partial class ListenAddress
{
    private const string Urls = "ASPNETCORE_URLS";
    private const string HttpPorts = "ASPNETCORE_HTTP_PORTS";

    /// <summary>Tells ASP.NET Core, which otherwise would listen on every address at the ports it is given.</summary>
    public static void Apply(Dictionary<string, string> environment, string podIp, int? containerPort)
    {
        foreach (var (name, value) in environment.ToArray())
        {
            environment[name] = Rewrite(value, podIp);
        }

        if (environment.ContainsKey(Urls))
        {
            return;
        }

        var ports = environment.GetValueOrDefault(HttpPorts, "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ports.Length == 0 && containerPort is { } port)
        {
            ports = [$"{port}"];
        }

        if (ports.Length > 0)
        {
            environment[Urls] = string.Join(';', ports.Select(number => $"http://{podIp}:{number}"));
        }
    }

    /// <summary>The same for URLs that say "every address".</summary>
    public static string Rewrite(string text, string podIp) => EveryAddress().Replace(text, match => $"{match.Groups["scheme"].Value}{podIp}{match.Groups["port"].Value}");

    [GeneratedRegex(@"(?<scheme>\bhttps?://)(\*|\+|0\.0\.0\.0|\[::\])(?<port>:\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex EveryAddress();
}
