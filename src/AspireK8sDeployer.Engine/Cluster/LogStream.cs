using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>The log of a container as it is written, line by line.</summary>
internal sealed class LogStream(ClusterObjects cluster)
{
    /// <summary>The lines; none when there is no such log, or not yet.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="query">Which lines, as the API names it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<string> ReadAsync(
        string @namespace, string pod, string container, IReadOnlyDictionary<string, string> query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"{ObjectKind.Pod.Path(@namespace, pod)}/log")
        {
            Query = new Dictionary<string, string>(query) { ["container"] = container },
            Subject = $"log of pod {pod}",
        };
        using var response = await TryOpenAsync(request, cancellationToken).ConfigureAwait(false);
        if (response is null)
        {
            yield break;
        }

        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(body);
        while (await TryReadAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return line;
        }
    }

    public static Dictionary<string, string> Query(bool follow, bool previous, int? tail, TimeSpan? since)
    {
        var query = new Dictionary<string, string> { ["follow"] = follow ? "true" : "false", ["previous"] = previous ? "true" : "false" };
        if (tail is { } lines)
        {
            query["tailLines"] = lines.ToString(CultureInfo.InvariantCulture);
        }

        if (since is { } time)
        {
            query["sinceSeconds"] = Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return query;
    }

    // A container that has not started yet has no log (400), one that is gone neither (404).
    private async Task<HttpResponseMessage?> TryOpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.Client.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // A stream that breaks off is at its end; who follows it asks again.
    private static async Task<string?> TryReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            return null;
        }
    }
}
