using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>
/// Keeps the resource table in step with the CustomResourceDefinitions: serves what they define, tells them so in their status,
/// and removes their objects before they go.
/// </summary>
internal sealed partial class CustomResources : IDisposable
{
    public const string Group = "apiextensions.k8s.io";
    public const string CleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io";

    private const string Manager = "kube-apiserver";

    private static readonly TimeSpan CleanUpInterval = TimeSpan.FromSeconds(1);

    private static readonly string[] Verbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
    private static readonly string[] ReadWrite = ["get", "patch", "update"];

    private readonly ServerParts _parts;
    private readonly ResourceDefinition _definitions;
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _logger;

    public CustomResources(ServerParts parts)
    {
        _parts = parts;
        _definitions = parts.Table.Kind($"{Group}/v1", "CustomResourceDefinition");
        _logger = parts.Options.LoggerFactory.CreateLogger<CustomResources>();
    }

    /// <summary>At start: what is defined is served from the first request on.</summary>
    public void Load()
    {
        foreach (var stored in _parts.Store.ShelfOf(_definitions).Objects.Values)
        {
            _parts.Table.Set(Rows(stored.ToJsonObject()));
        }

        _parts.Store.RestorePending(_parts.Table);
    }

    public void Start() => _ = Task.Run(FollowAsync);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>Sets a condition to true, if it is not.</summary>
    public static void SetCondition(JsonObject definition, string type, string reason, string message, DateTimeOffset now)
    {
        var status = definition.ObjectOrNew("status");
        if (status.Objects("conditions").Any(c => c.TextOf("type") == type && c.TextOf("status") == "True"))
        {
            return;
        }

        var others = status.Objects("conditions").Where(c => c.TextOf("type") != type).Select(c => (JsonNode)c.DeepClone());
        status["conditions"] = new JsonArray([.. others, new JsonObject
        {
            ["type"] = type,
            ["status"] = "True",
            ["lastTransitionTime"] = Metadata.Timestamp(now),
            ["reason"] = reason,
            ["message"] = message,
        }]);
    }

    private static IEnumerable<ResourceDefinition> Rows(JsonObject definition)
    {
        var spec = definition.ObjectOrNew("spec");
        var versions = spec.Objects("versions").ToList();
        var storage = versions.FirstOrDefault(version => version.Flag("storage"));
        if (storage is null)
        {
            yield break;
        }

        var stored = Row(spec, storage, null);
        foreach (var version in versions.Where(version => version.Flag("served")))
        {
            yield return version == storage ? stored : Row(spec, version, stored);
        }
    }

    private static ResourceDefinition Row(JsonObject spec, JsonObject version, ResourceDefinition? storedAs)
    {
        var names = spec.ObjectOrNew("names");
        var kind = names.TextOf("kind");
        var subresources = new List<Subresource>();
        if (version.Object("subresources")?.Object("status") is not null)
        {
            subresources.Add(new Subresource("status", kind, ReadWrite));
        }

        if (version.Object("subresources")?.Object("scale") is not null)
        {
            subresources.Add(new Subresource("scale", "Scale", ReadWrite, "autoscaling", "v1"));
        }

        return new ResourceDefinition
        {
            Group = spec.TextOf("group"),
            Version = version.TextOf("name"),
            Kind = kind,
            ListKind = names.TextOf("listKind") is { Length: > 0 } list ? list : kind + "List",
            Plural = names.TextOf("plural"),
            Singular = names.TextOf("singular") is { Length: > 0 } singular ? singular : kind.ToLowerInvariant(),
            Namespaced = spec.TextOf("scope") == "Namespaced",
            ShortNames = [.. names.TextsOf("shortNames")],
            Categories = [.. names.TextsOf("categories")],
            Verbs = Verbs,
            Subresources = subresources,
            Traits = ResourceTraits.LockedUpdate,
            CustomVersion = version.DeepClone().AsObject(),
            StoredAs = storedAs,
        };
    }

    private async Task FollowAsync()
    {
        try
        {
            var list = _parts.Api.List(_definitions);
            foreach (var definition in list.Items)
            {
                Reconcile(definition);
            }

            await foreach (var change in _parts.Api.WatchAsync(_definitions, null, list.ResourceVersion, _stop.Token).ConfigureAwait(false))
            {
                if (change.Type == WatchEventType.Deleted)
                {
                    var spec = change.Object.ObjectOrNew("spec");
                    _parts.Table.Remove(spec.TextOf("group"), spec.ObjectOrNew("names").TextOf("plural"));
                }
                else
                {
                    Reconcile(change.Object);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Reconcile(JsonObject definition)
    {
        try
        {
            if (definition.IsBeingDeleted())
            {
                CleanUp(definition);
                return;
            }

            var rows = Rows(definition).ToList();
            if (rows.Any(row => _parts.Table.Find(row.Group, row.Version, row.Plural) is { CustomVersion: null }))
            {
                return; // the name of a kind of the server's own
            }

            _parts.Table.Set(rows);
            Accept(definition);
        }
        catch (ApiException e) when (e.Code is 404 or 409)
        {
            // Changed meanwhile: the change is on its way here.
        }
        catch (ApiException e)
        {
            LogFailure(_logger, definition.MetadataOf().Text("name"), e);
        }
    }

    private void Accept(JsonObject definition)
    {
        var now = _parts.Time.GetUtcNow();
        var status = definition.ObjectOrNew("status");
        if (status["conditions"] is JsonArray { Count: >= 2 } && JsonValues.Same(status["acceptedNames"], definition["spec"]?["names"]))
        {
            return;
        }

        status["acceptedNames"] = definition["spec"]!["names"]!.DeepClone();
        SetCondition(definition, "NamesAccepted", "NoConflicts", "no conflicts found", now);
        SetCondition(definition, "Established", "InitialNamesAccepted", "the initial names have been accepted", now);
        _parts.Api.Update(_definitions, definition, Manager, "status");
    }

    private void CleanUp(JsonObject definition)
    {
        var remaining = 0;
        foreach (var row in Rows(definition).Where(row => row.StoredAs is null))
        {
            foreach (var stored in _parts.Store.ShelfOf(row).Objects.Values)
            {
                _parts.Api.Delete(row, stored.Namespace, stored.Name);
            }

            remaining += _parts.Store.ShelfOf(row).Objects.Count;
        }

        var metadata = definition.MetadataOf();
        if (remaining > 0)
        {
            // Somebody's finalizers hold them: look again in a while.
            _ = CleanUpLaterAsync(metadata.Text("name"));
        }
        else if (metadata.Texts("finalizers").Contains(CleanupFinalizer))
        {
            metadata.SetTexts("finalizers", [.. metadata.Texts("finalizers").Where(finalizer => finalizer != CleanupFinalizer)]);
            _parts.Api.Update(_definitions, definition, Manager);
        }
    }

    private async Task CleanUpLaterAsync(string name)
    {
        try
        {
            await Task.Delay(CleanUpInterval, _parts.Time, _stop.Token).ConfigureAwait(false);
            if (_parts.Api.Get(_definitions, null, name) is { } definition)
            {
                Reconcile(definition);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "CustomResourceDefinition {Name} could not be taken in.")]
    private static partial void LogFailure(ILogger logger, string name, Exception exception);
}
