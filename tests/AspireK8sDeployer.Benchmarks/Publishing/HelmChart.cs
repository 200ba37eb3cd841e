using System.Globalization;

namespace AspireK8sDeployer.Benchmarks.Publishing;

/// <summary>A chart that renders the same objects: made of the published files of one deployment, which it ranges over.</summary>
internal static class HelmChart
{
    /// <summary>Writes it.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="published">The folder of the first deployment.</param>
    /// <param name="count">How many deployments it renders.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteAsync(string folder, string published, int count, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        await File.WriteAllTextAsync(Path.Combine(folder, "Chart.yaml"), "apiVersion: v2\nname: pipelines\nversion: 0.1.0\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "values.yaml"), $"count: {count.ToString(CultureInfo.InvariantCulture)}\n", cancellationToken);
        foreach (var file in Directory.EnumerateFiles(published, "*.yaml").Where(file => Path.GetFileName(file) != "kustomization.yaml"))
        {
            var body = (await File.ReadAllTextAsync(file, cancellationToken)).Replace(ManyDeployments.NameOf(0), "{{ $name }}", StringComparison.Ordinal);
            var template = "{{- range $number := until (int $.Values.count) }}{{- $name := printf \"pipeline-%04d\" $number }}\n---\n" + body + "{{- end }}\n";
            await File.WriteAllTextAsync(Path.Combine(folder, "templates", Path.GetFileName(file)), template, cancellationToken);
        }
    }
}
