using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Store;
using AspireK8sDeployer.EmbeddedCluster.Tables;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>GET of a collection or one object with <c>watch</c>: changes as they happen, a line of JSON each.</summary>
internal sealed class WatchHandler
{
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LastBookmark = TimeSpan.FromSeconds(2);

    private readonly ApiContext _context;
    private readonly AnswerFormat _format;
    private readonly ListQuery _query;
    private readonly bool _bookmarks;
    private bool _columnsSent;
    private long _bookmarked = -1;

    private WatchHandler(ApiContext context, AnswerFormat format, ListQuery query)
    {
        _context = context;
        _format = format;
        _query = query;
        _bookmarks = context.Flag("allowWatchBookmarks");
    }

    public static Task WatchAsync(ApiContext context)
    {
        var format = AcceptHeader.Choose(
            Answers.Accept(context.Http), AnswerShape.Table, AnswerShape.PartialObjectMetadata, AnswerShape.PartialObjectMetadataList);
        return new WatchHandler(context, format, ListQuery.Read(context, isWatch: true)).RunAsync();
    }

    private TimeProvider Time => _context.Parts.Time;

    private async Task RunAsync()
    {
        long version = 0;
        if (_query.ResourceVersion.Length > 0 && !Versions.TryParse(_query.ResourceVersion, out version))
        {
            throw new ApiException(500, "", ListQuery.InvalidVersion(_query.ResourceVersion));
        }

        var include = _format.Shape == AnswerShape.Table ? Answers.IncludeObject(_context) : "";
        var timeout = TimeSpan.FromSeconds(_context.Number("timeoutSeconds") is > 0 and var seconds
            ? seconds
            : Random.Shared.Next(1800, 3600)); // as a real server: not all at the same moment
        var deadline = Time.GetUtcNow() + timeout;

        // Clients wait for the headers before they believe that the watch is on: what changes after them is an event, so that
        // the place to begin at is chosen before.
        var (present, presentVersion) = _context.Parts.Store.Read(_context.Resource);
        var beginsWithPresent = version == 0 || _query.SendInitialEvents == true;
        var position = beginsWithPresent ? present.Last : _context.Parts.Store.ShelfOf(_context.Resource).FindStart(version);

        Answers.AddWarnings(_context);
        var response = _context.Http.Response;
        response.StatusCode = 200;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-cache, private";

        await response.StartAsync(_context.Aborted).ConfigureAwait(false);
        await response.Body.FlushAsync(_context.Aborted).ConfigureAwait(false);

        if (position is null)
        {
            await SendAsync("ERROR", ChangeFeed.TooOld(version, present.OldestVersion).ToStatus()).ConfigureAwait(false);
            return;
        }

        if (beginsWithPresent && _query.SendInitialEvents != false)
        {
            await SendPresentAsync(present, presentVersion, include).ConfigureAwait(false);
        }

        try
        {
            await FollowAsync(position, version, deadline, include).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_context.Parts.Stopping.IsCancellationRequested)
        {
            // The server stops: the stream ends as it would at its deadline.
        }
    }

    /// <summary>What is there already, as additions.</summary>
    private async Task SendPresentAsync(Shelf.State present, long version, string include)
    {
        foreach (var obj in _query.Objects.Select(present.Objects))
        {
            await SendObjectAsync("ADDED", obj, include).ConfigureAwait(false);
        }

        if (_bookmarks)
        {
            await BookmarkAsync(version, endsInitialEvents: true).ConfigureAwait(false);
        }

        await _context.Http.Response.Body.FlushAsync(_context.Aborted).ConfigureAwait(false);
    }

    private async Task FollowAsync(Change position, long from, DateTimeOffset deadline, string include)
    {
        var nextBookmark = NextBookmark(deadline);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_context.Aborted, _context.Parts.Stopping);
        while (true)
        {
            var next = position.Next;
            if (!next.IsCompleted)
            {
                await _context.Http.Response.Body.FlushAsync(_context.Aborted).ConfigureAwait(false);
            }

            var now = Time.GetUtcNow();
            var wake = _bookmarks && nextBookmark < deadline ? nextBookmark : deadline;
            if (now >= wake || !await ArrivesAsync(next, wake - now, ending.Token).ConfigureAwait(false))
            {
                if (Time.GetUtcNow() >= deadline)
                {
                    return;
                }

                if (!_bookmarks)
                {
                    continue; // the timer was a little early
                }

                await BookmarkAsync(_context.Parts.Store.Read(_context.Resource) is var read && read.State.Last == position
                    ? read.Version : position.Version).ConfigureAwait(false);
                nextBookmark = NextBookmark(deadline);
                continue;
            }

            position = await next.ConfigureAwait(false);
            if (position.Version > from && SelectedChange.Of(position, _query.Objects) is { } change)
            {
                await SendObjectAsync(change.Type.ToString().ToUpperInvariant(), change.Object, include).ConfigureAwait(false);
            }
        }
    }

    // Once a minute, and once shortly before the end, so that the client can go on from there.
    private DateTimeOffset NextBookmark(DateTimeOffset deadline)
    {
        var now = Time.GetUtcNow();
        var last = deadline - LastBookmark;
        var regular = now + BookmarkInterval;
        return regular < last || now >= last ? regular : last;
    }

    private async Task<bool> ArrivesAsync(Task<Change> next, TimeSpan wait, CancellationToken ending)
    {
        try
        {
            await next.WaitAsync(wait, Time, ending).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task BookmarkAsync(long version, bool endsInitialEvents = false)
    {
        // Nothing new to say is not said again.
        if (version == _bookmarked)
        {
            return;
        }

        _bookmarked = version;
        var metadata = new JsonObject { ["resourceVersion"] = Versions.Text(version) };
        if (endsInitialEvents)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        var resource = _context.Resource;
        var bookmark = _format.Shape switch
        {
            AnswerShape.Table => TablePrinter.Bookmark(metadata, _format.Version, _columnsSent ? null : TablePrinter.ColumnsOf(resource)),
            AnswerShape.Object => new JsonObject { ["kind"] = resource.Kind, ["apiVersion"] = resource.ApiVersion, ["metadata"] = metadata },
            _ => new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = $"meta.k8s.io/{_format.Version}", ["metadata"] = metadata },
        };
        _columnsSent = true;
        await SendAsync("BOOKMARK", bookmark).ConfigureAwait(false);
        await _context.Http.Response.Body.FlushAsync(_context.Aborted).ConfigureAwait(false);
    }

    private Task SendObjectAsync(string type, StoredObject obj, string include)
    {
        if (_format.Shape == AnswerShape.Object && obj.Resource == _context.Resource)
        {
            return WriteAsync(type, obj.Json);
        }

        var json = Conversion.Read(obj, _context.Resource);
        if (_format.Shape != AnswerShape.Table)
        {
            return SendAsync(type, _format.Shape == AnswerShape.Object ? json : Answers.Partial(json, _format.Version));
        }

        var table = TablePrinter.Print(_context.Parts, _context.Resource, [json], _format.Version, include, Versions.Text(obj.Version));
        if (_columnsSent)
        {
            table["columnDefinitions"] = null;
        }

        _columnsSent = true;
        return SendAsync(type, table);
    }

    private Task SendAsync(string type, JsonObject obj) => WriteAsync(type, JsonBytes.Of(obj));

    private async Task WriteAsync(string type, byte[] json)
    {
        var body = _context.Http.Response.BodyWriter;
        var head = System.Text.Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"object\":");
        var line = body.GetMemory(head.Length + json.Length + 2);
        head.CopyTo(line.Span);
        json.CopyTo(line.Span[head.Length..]);
        "}\n"u8.CopyTo(line.Span[(head.Length + json.Length)..]);
        body.Advance(head.Length + json.Length + 2);
        if (body.UnflushedBytes > 64 * 1024)
        {
            await body.FlushAsync(_context.Aborted).ConfigureAwait(false);
        }
    }
}
