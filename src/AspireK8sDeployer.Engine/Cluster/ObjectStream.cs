using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>
/// Follows the objects of one kind: a list, then a watch, and again from the last version whenever the watch ends.
/// </summary>
/// <remarks>
/// A watch ends in many ways: closed cleanly, reset, silent, refused, or with the news that its version is forgotten (as an
/// answer or inside the stream). Only the last one, and a stream that keeps closing at once, need a new list.
/// </remarks>
internal sealed class ObjectStream(ClusterObjects cluster, ObjectKind kind, string @namespace, ObjectSelector selector)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan TooShort = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Tells only what happens from now on, not what is: for events, of which a namespace may hold thousands.</summary>
    public bool FromNow { get; init; }

    /// <summary>Writes what happens until cancelled.</summary>
    public async Task RunAsync(ChannelWriter<StreamEvent> writer, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            if (await ListAsync(writer, cancellationToken).ConfigureAwait(false) is not { } version)
            {
                return;
            }

            var begun = cluster.Time.GetTimestamp();
            await WatchUntilForgottenAsync(version, writer, cancellationToken).ConfigureAwait(false);
            pause = cluster.Time.GetElapsedTime(begun) > LongestPause ? FirstPause : pause * 2 > LongestPause ? LongestPause : pause * 2;
            await Task.Delay(pause, cluster.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string?> ListAsync(ChannelWriter<StreamEvent> writer, CancellationToken cancellationToken)
    {
        try
        {
            if (FromNow)
            {
                return await VersionAsync(cancellationToken).ConfigureAwait(false);
            }

            var list = await cluster.ListAsync(kind, @namespace, selector, cancellationToken).ConfigureAwait(false);
            await writer.WriteAsync(new StreamEvent(kind, StreamChange.Reset, list.Items), cancellationToken).ConfigureAwait(false);
            return list.ResourceVersion;
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            await writer.WriteAsync(new StreamEvent(kind, StreamChange.Denied, []), cancellationToken).ConfigureAwait(false);
            return null;
        }
    }

    private async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        var query = selector.ToQuery();
        query["limit"] = "1";
        var answer = await cluster.Client.SendAsync(new ApiRequest(HttpMethod.Get, kind.Path(@namespace)) { Query = query, Subject = $"{kind.Plural} of namespace {@namespace}" }, cancellationToken).ConfigureAwait(false);
        return (string?)answer["metadata"]?["resourceVersion"] ?? "";
    }

    private async Task WatchUntilForgottenAsync(string version, ChannelWriter<StreamEvent> writer, CancellationToken cancellationToken)
    {
        var cursor = new Cursor(version);
        var shortOnes = 0;
        while (!cursor.IsForgotten && shortOnes < 2)
        {
            var begun = cluster.Time.GetTimestamp();
            var before = cursor.Version;
            try
            {
                await WatchAsync(cursor, writer, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Gone)
            {
                return;
            }
            catch (Exception failure) when (failure is ApiFailure or HttpRequestException or IOException or JsonException)
            {
                // The list that follows has retries, and an error of its own when the cluster is really gone.
                return;
            }

            var nothing = cursor.Version == before && cluster.Time.GetElapsedTime(begun) < TooShort;
            shortOnes = nothing ? shortOnes + 1 : 0;
        }
    }

    private async Task WatchAsync(Cursor cursor, ChannelWriter<StreamEvent> writer, CancellationToken cancellationToken)
    {
        var query = selector.ToQuery();
        query["watch"] = "true";
        query["allowWatchBookmarks"] = "true";
        query["resourceVersion"] = cursor.Version;
        query["timeoutSeconds"] = $"{Random.Shared.Next(290, 590)}";
        var request = new ApiRequest(HttpMethod.Get, kind.Path(@namespace)) { Query = query, Subject = $"watch of {kind.Plural}" };
        using var response = await cluster.Client.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(body, Encoding.UTF8);
        while (!cursor.IsForgotten && await ReadLineAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0 && JsonNode.Parse(line) is JsonObject item)
            {
                await TellAsync(item, cursor, writer, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Connections die without a word; the server sends a bookmark every minute or so.
    private async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        using var silence = new TimeLimit(Silence, cluster.Time, cancellationToken);
        try
        {
            return await reader.ReadLineAsync(silence.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"nothing came for {Silence.TotalSeconds:0} s");
        }
    }

    private async ValueTask TellAsync(JsonObject item, Cursor cursor, ChannelWriter<StreamEvent> writer, CancellationToken cancellationToken)
    {
        if (item["object"] is not JsonObject changed)
        {
            return;
        }

        var type = (string?)item["type"];
        if (type == "ERROR")
        {
            // Most often 410: the version is forgotten. Whatever it is, a new list is the way on.
            cursor.IsForgotten = true;
            return;
        }

        cursor.Version = (string?)changed["metadata"]?["resourceVersion"] ?? cursor.Version;
        StreamChange? change = type switch
        {
            "ADDED" or "MODIFIED" => StreamChange.Set,
            "DELETED" => StreamChange.Removed,
            _ => null,
        };
        if (change is { } known)
        {
            await writer.WriteAsync(new StreamEvent(kind, known, [changed]), cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class Cursor(string version)
    {
        public string Version { get; set; } = version;

        public bool IsForgotten { get; set; }
    }
}
