using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>
/// Follows the objects of one kind: a list, then a watch, and again from the last version whenever the watch ends.
/// </summary>
/// <remarks>
/// A watch ends in many ways: closed cleanly, reset, silent, refused, or with the news that its version is forgotten (as an
/// answer or inside the stream). It goes on from its last version where that can help, and otherwise with a new list.
/// </remarks>
internal sealed class ObjectStream(ClusterObjects cluster, ObjectKind kind, string? @namespace, ObjectSelector selector)
{
    // The server sends a bookmark every minute or so.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan TooShort = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollWhenBusy = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollWhenRefused = TimeSpan.FromSeconds(2);

    /// <summary>Tells only what happens from now on, not what is: for events, of which a namespace may hold thousands.</summary>
    public bool FromNow { get; init; }

    /// <summary>Tells what happens until cancelled.</summary>
    public async Task RunAsync(Action<StreamEvent> tell, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        var end = WatchEnd.Over;
        while (true)
        {
            if (await ListAsync(tell, cancellationToken).ConfigureAwait(false) is not { } version)
            {
                return;
            }

            var begun = cluster.Time.GetTimestamp();
            end = end == WatchEnd.Refused ? end : await WatchUntilOverAsync(version, tell, cancellationToken).ConfigureAwait(false);
            if (end == WatchEnd.Refused && FromNow)
            {
                // Lists would tell only what was.
                tell(new StreamEvent(kind, StreamChange.Denied, []));
                return;
            }

            pause = cluster.Time.GetElapsedTime(begun) > LongestPause ? FirstPause : pause * 2 > LongestPause ? LongestPause : pause * 2;
            var wait = end switch
            {
                WatchEnd.Busy => PollWhenBusy,
                WatchEnd.Refused => PollWhenRefused,
                _ => pause,
            };
            await Task.Delay(wait, cluster.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string?> ListAsync(Action<StreamEvent> tell, CancellationToken cancellationToken)
    {
        try
        {
            if (FromNow)
            {
                return await VersionAsync(cancellationToken).ConfigureAwait(false);
            }

            var list = await cluster.ListAsync(kind, @namespace, selector, cancellationToken).ConfigureAwait(false);
            tell(new StreamEvent(kind, StreamChange.Reset, list.Items));
            return list.ResourceVersion;
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            tell(new StreamEvent(kind, StreamChange.Denied, []));
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

    private async Task<WatchEnd> WatchUntilOverAsync(string version, Action<StreamEvent> tell, CancellationToken cancellationToken)
    {
        var cursor = new Cursor(version);
        // Some servers close a watch of a forgotten version without a word: twice for nothing is as good as 410.
        for (var fruitless = 0; fruitless < 2;)
        {
            var begun = cluster.Time.GetTimestamp();
            var before = cursor.Version;
            cursor.IsOpen = false;
            try
            {
                await WatchAsync(cursor, tell, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiFailure failure)
            {
                return failure.Code switch
                {
                    HttpStatusCode.TooManyRequests => WatchEnd.Busy,
                    HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed => WatchEnd.Refused,
                    _ => WatchEnd.Over,
                };
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException)
            {
                // One that broke goes on from where it was. For the rest there is the list: it has retries, an error of its own
                // when the cluster is really gone, and shows what a silent stream has kept to itself.
                if (!cursor.IsOpen || failure is SilenceException)
                {
                    return WatchEnd.Over;
                }
            }

            if (cursor.IsForgotten)
            {
                return WatchEnd.Over;
            }

            fruitless = cursor.Version == before && cluster.Time.GetElapsedTime(begun) < TooShort ? fruitless + 1 : 0;
        }

        return WatchEnd.Over;
    }

    private async Task WatchAsync(Cursor cursor, Action<StreamEvent> tell, CancellationToken cancellationToken)
    {
        var query = selector.ToQuery();
        query["watch"] = "true";
        query["allowWatchBookmarks"] = "true";
        query["resourceVersion"] = cursor.Version;
        query["timeoutSeconds"] = $"{Random.Shared.Next(290, 590)}";
        var request = new ApiRequest(HttpMethod.Get, kind.Path(@namespace)) { Query = query, Subject = $"watch of {kind.Plural}" };
        using var response = await cluster.Client.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        cursor.IsOpen = true;
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(body, Encoding.UTF8);
        while (!cursor.IsForgotten && await ReadLineAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0 && JsonNode.Parse(line) is JsonObject item)
            {
                Tell(item, cursor, tell);
            }
        }
    }

    // Connections die without a word.
    private async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        using var silence = new TimeLimit(Silence, cluster.Time, cancellationToken);
        try
        {
            return await reader.ReadLineAsync(silence.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SilenceException($"nothing came for {Silence.TotalSeconds:0} s");
        }
    }

    private void Tell(JsonObject item, Cursor cursor, Action<StreamEvent> tell)
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
            tell(new StreamEvent(kind, known, [changed]));
        }
    }

    private sealed class Cursor(string version)
    {
        public string Version { get; set; } = version;

        public bool IsForgotten { get; set; }

        public bool IsOpen { get; set; }
    }

    private sealed class SilenceException(string message) : IOException(message);

    private enum WatchEnd
    {
        /// <summary>A new list is the way on.</summary>
        Over,

        /// <summary>The server has too much to do for a watch.</summary>
        Busy,

        /// <summary>The user may list, but not watch.</summary>
        Refused,
    }
}
