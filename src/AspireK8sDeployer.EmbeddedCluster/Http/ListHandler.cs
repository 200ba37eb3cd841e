using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;
using AspireK8sDeployer.EmbeddedCluster.Tables;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>GET of a collection.</summary>
internal static class ListHandler
{
    public static Task ListAsync(ApiContext context)
    {
        var format = AcceptHeader.Choose(
            Answers.Accept(context.Http), AnswerShape.Table, AnswerShape.PartialObjectMetadata, AnswerShape.PartialObjectMetadataList);
        if (format.Shape == AnswerShape.PartialObjectMetadata)
        {
            throw new ApiException(
                406, "NotAcceptable", $"you requested PartialObjectMetadata, but the requested object is a list (*{Answers.GoPackage(context.Resource)}.{context.Resource.ListKind})");
        }

        var page = Page.Read(context, ListQuery.Read(context, isWatch: false));
        Answers.AddWarnings(context);
        return WriteAsync(context, format, page);
    }

    /// <summary>Writes a list of these objects, in the shape that is asked for.</summary>
    public static Task WriteAsync(ApiContext context, AnswerFormat format, Page page) => format.Shape switch
    {
        AnswerShape.Table => Answers.BytesAsync(context.Http, 200, format, JsonBytes.Of(Table(context, format, page))),
        AnswerShape.PartialObjectMetadataList => Answers.BytesAsync(context.Http, 200, format, JsonBytes.Of(Partials(context, format, page))),
        _ => Answers.BytesAsync(context.Http, 200, format, Whole(context.Resource, page)),
    };

    private static JsonObject Table(ApiContext context, AnswerFormat format, Page page)
    {
        var table = TablePrinter.Print(
            context.Parts,
            context.Resource,
            page.Items.Select(stored => Conversion.Read(stored, context.Resource)),
            format.Version,
            Answers.IncludeObject(context),
            "");
        table["metadata"] = page.Metadata();
        return table;
    }

    private static JsonObject Partials(ApiContext context, AnswerFormat format, Page page) => new()
    {
        ["kind"] = "PartialObjectMetadataList",
        ["apiVersion"] = $"meta.k8s.io/{format.Version}",
        ["metadata"] = page.Metadata(),

        // A real server says null here, and only here, when there is none.
        ["items"] = page.Items.Count == 0
            ? null
            : new JsonArray([.. page.Items.Select(stored => Answers.Partial(Conversion.Read(stored, context.Resource), format.Version))]),
    };

    private static ReadOnlyMemory<byte> Whole(ResourceDefinition resource, Page page)
    {
        var head = JsonBytes.Of(new JsonObject
        {
            ["kind"] = resource.ListKind,
            ["apiVersion"] = resource.ApiVersion,
            ["metadata"] = page.Metadata(isCustom: resource.CustomVersion is not null),
        });
        var body = new ArrayBufferWriter<byte>(head.Length + 16 + page.Items.Sum(item => item.Json.Length));
        body.Write(head.AsSpan(0, head.Length - 1));
        body.Write(",\"items\":["u8);
        var prefix = Encoding.UTF8.GetBytes($"{{\"kind\":\"{resource.Kind}\",\"apiVersion\":\"{resource.ApiVersion}\",");
        for (var i = 0; i < page.Items.Count; i++)
        {
            if (i > 0)
            {
                body.Write(","u8);
            }

            WriteItem(body, resource, page.Items[i], prefix);
        }

        body.Write("]}"u8);
        return body.WrittenMemory;
    }

    // In a list of a built-in kind the items do not repeat what the list says they are.
    private static void WriteItem(ArrayBufferWriter<byte> body, ResourceDefinition resource, StoredObject item, byte[] prefix)
    {
        var json = item.Resource == resource ? item.Json : JsonBytes.Of(Conversion.Read(item, resource));
        if (resource.CustomVersion is null && json.AsSpan().StartsWith(prefix))
        {
            body.Write("{"u8);
            body.Write(json.AsSpan(prefix.Length));
        }
        else
        {
            body.Write(json);
        }
    }
}

/// <summary>The part of a collection that one answer holds.</summary>
internal sealed record Page(IReadOnlyList<StoredObject> Items, long Version)
{
    private string Continue { get; init; } = "";

    private long? Remaining { get; init; }

    public static Page Read(ApiContext context, ListQuery query)
    {
        var store = context.Parts.Store;
        var (state, version) = store.Read(context.Resource);
        var objects = state.Objects;
        var start = "";
        if (query.Continue.Length > 0)
        {
            if (query.ResourceVersion is not ("" or "0"))
            {
                throw ApiException.BadRequest("specifying resource version is not allowed when using continue");
            }

            var token = ContinueToken.Parse(query.Continue);
            start = token.Start;

            // A negative version asks for the rest as it is now, in knowing that pages may not fit together.
            if (token.Version >= 0)
            {
                (objects, version) = (At(context, token.Version) ?? throw Expired(start), token.Version);
            }
        }
        else if (query.ResourceVersion.Length > 0)
        {
            if (!Versions.TryParse(query.ResourceVersion, out var asked))
            {
                throw ApiException.BadRequest($"invalid resource version: {ListQuery.InvalidVersion(query.ResourceVersion)}");
            }

            ListQuery.RequireReached(store, asked);
            if (query.Match == "Exact" || (query.Match.Length == 0 && query.Limit > 0 && asked > 0))
            {
                (objects, version) = (At(context, asked) ?? throw new ApiException(
                    410, "Expired", "The resourceVersion for the provided list is too old."), asked);
            }
        }

        return Cut(query, objects, version, start);
    }

    public JsonObject Metadata(bool isCustom = false)
    {
        // Lists of custom resources always say how they go on, even when they do not.
        var metadata = new JsonObject { ["resourceVersion"] = Versions.Text(Version) };
        if (Continue.Length > 0 || isCustom)
        {
            metadata["continue"] = Continue;
        }

        if (Remaining is > 0)
        {
            metadata["remainingItemCount"] = Remaining;
        }

        return metadata;
    }

    private static Page Cut(ListQuery query, ImmutableSortedDictionary<string, StoredObject> objects, long version, string start)
    {
        var matching = query.Objects.Select(objects);
        if (start.Length > 0)
        {
            var from = (query.Objects.Namespace is { } ns ? ns + "/" : "") + start;
            matching = matching.Where(obj => string.CompareOrdinal(obj.Key, from) >= 0);
        }

        if (query.Limit <= 0)
        {
            return new Page([.. matching], version);
        }

        var rest = matching.ToList();
        if (rest.Count <= query.Limit)
        {
            return new Page(rest, version);
        }

        var items = rest[..(int)query.Limit];
        var last = items[^1];
        var next = query.Objects.Namespace is null ? last.Key : last.Name;
        return new Page(items, version)
        {
            Continue = new ContinueToken(version, next + "\0").ToString(),
            Remaining = query.Objects.IsSelective ? null : rest.Count - items.Count,
        };
    }

    private static ImmutableSortedDictionary<string, StoredObject>? At(ApiContext context, long version) =>
        context.Parts.Store.ShelfOf(context.Resource).At(version);

    private static ApiException Expired(string start) => new(
        410,
        "Expired",
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue "
        + "parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided "
        + "token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was "
        + "returned and now may show up in the list.")
    {
        Continue = new ContinueToken(-1, start).ToString(),
    };
}
