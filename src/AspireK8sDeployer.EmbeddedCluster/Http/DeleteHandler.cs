using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>DELETE of an object or of a selection of a collection.</summary>
internal static class DeleteHandler
{
    public static async Task DeleteAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var options = DeleteOptionsReader.Read(context, await context.ReadBodyAsync().ConfigureAwait(false), out var explicitForeground);
        var write = new WriteRequest(context.Resource, context.Namespace, context.Info.Name)
        {
            Manager = "",
            User = context.User,
            DryRun = options.DryRun,
            Warnings = context.Warnings,
        };
        var result = context.Parts.Deleter.Delete(write, options);
        if (result.Object is { } obj)
        {
            // Accepted, not done: what somebody gets who asked for it in the old way.
            await Answers.ObjectAsync(context, format, explicitForeground && !result.Removed ? 202 : 200, obj).ConfigureAwait(false);
            return;
        }

        Answers.AddWarnings(context);
        await Answers.PlainAsync(context.Http, 200, Success(context, result.Uid)).ConfigureAwait(false);
    }

    public static async Task DeleteCollectionAsync(ApiContext context)
    {
        var format = AcceptHeader.Choose(
            Answers.Accept(context.Http), AnswerShape.Table, AnswerShape.PartialObjectMetadataList);
        var options = DeleteOptionsReader.Read(context, await context.ReadBodyAsync().ConfigureAwait(false), out _);
        var page = Page.Read(context, ListQuery.Read(context, isWatch: false));
        foreach (var obj in page.Items)
        {
            var write = new WriteRequest(context.Resource, obj.Namespace, obj.Name)
            {
                Manager = "",
                User = context.User,
                DryRun = options.DryRun,
                Warnings = context.Warnings,
            };
            try
            {
                context.Parts.Deleter.Delete(write, options with { Uid = obj.Uid });
            }
            catch (ApiException e) when (e.Code is 404 or 409)
            {
                // Somebody else was faster.
            }
        }

        await ListHandler.WriteAsync(context, format, page).ConfigureAwait(false);
    }

    private static JsonObject Success(ApiContext context, string uid) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["details"] = new StatusDetails(context.Info.Name, context.Resource.Group, context.Resource.Plural) { Uid = uid }.ToJson(),
    };
}

/// <summary>The options of a deletion: the body's when there is one, else the query's.</summary>
internal static class DeleteOptionsReader
{
    public static DeleteOptions Read(ApiContext context, byte[] body, out bool explicitForeground)
    {
        var json = body.Length > 0 ? Parse(body) : FromQuery(context);
        var problems = new List<StatusCause>();
        var policy = json.Text("propagationPolicy");
        var orphan = json["orphanDependents"] is JsonValue value && value.TryGetValue(out bool flag) ? flag : (bool?)null;
        if (orphan is not null && policy.Length > 0)
        {
            problems.Add(new StatusCause(
                "FieldValueInvalid",
                $"Invalid value: {ServerText.Quote(policy)}: orphanDependents and deletionPropagation cannot be both set",
                "propagationPolicy"));
        }
        else if (policy is not ("" or "Foreground" or "Background" or "Orphan"))
        {
            problems.Add(new StatusCause(
                "FieldValueNotSupported",
                $"Unsupported value: {ServerText.Quote(policy)}: supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"",
                "propagationPolicy"));
        }

        var dryRun = json.Texts("dryRun");
        WriteOptions.CheckDryRun(dryRun, problems);
        if (problems.Count > 0)
        {
            throw ApiException.Invalid("meta.k8s.io", "DeleteOptions", "", problems);
        }

        explicitForeground = orphan == false;
        var preconditions = json["preconditions"] as JsonObject ?? [];
        return new DeleteOptions
        {
            PropagationPolicy = policy.Length > 0 ? policy : orphan switch { true => "Orphan", false => "Background", null => null },
            GracePeriodSeconds = json.Number("gracePeriodSeconds"),
            Uid = preconditions.Text("uid") is { Length: > 0 } uid ? uid : null,
            ResourceVersion = preconditions.Text("resourceVersion") is { Length: > 0 } version ? version : null,
            DryRun = dryRun.Count > 0,
        };
    }

    private static JsonObject Parse(byte[] body)
    {
        JsonObject json;
        try
        {
            json = JsonNode.Parse(body) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            throw ApiException.BadRequest($"couldn't get version/kind; json parse error: {JsonSyntax.Problem(body) ?? "invalid"}");
        }

        var (kind, version) = (json.Text("kind"), json.Text("apiVersion"));
        if (kind.Length > 0 && kind != "DeleteOptions")
        {
            throw ApiException.BadRequest($"no kind \"{kind}\" is registered for version \"{(version.Length == 0 ? "v1" : version)}\" in scheme \"pkg/runtime/scheme.go:111\"");
        }

        return json;
    }

    private static JsonObject FromQuery(ApiContext context)
    {
        var json = new JsonObject();
        if (context.Query("propagationPolicy") is { Length: > 0 } policy)
        {
            json["propagationPolicy"] = policy;
        }

        if (context.Number("gracePeriodSeconds") is { } seconds)
        {
            json["gracePeriodSeconds"] = seconds;
        }

        if (context.Query("orphanDependents") is not null)
        {
            json["orphanDependents"] = context.Flag("orphanDependents");
        }

        json.SetTexts("dryRun", [.. context.Http.Request.Query["dryRun"].Select(text => text ?? "")]);
        return json;
    }
}
