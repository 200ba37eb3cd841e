using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Every request: who is it, may they, and which handler answers.</summary>
internal sealed partial class Router(ServerParts parts, Authenticator authenticator, ILogger logger)
{
    private const string NoSuchResource = "the server could not find the requested resource";

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await AnswerAsync(http).ConfigureAwait(false);
        }
        catch (ApiException failure) when (!http.Response.HasStarted)
        {
            await Answers.FailureAsync(http, failure).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody is left to answer.
        }
        catch (Exception unexpected) when (!http.Response.HasStarted)
        {
            LogUnexpected(logger, http.Request.Method, http.Request.Path, unexpected);
            await Answers.FailureAsync(http, new ApiException(500, "InternalError", $"Internal error occurred: {unexpected.Message}")).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var info = RequestInfo.Parse(http.Request);
        if (Authenticate(http, info) is not { } user)
        {
            throw new ApiException(401, "Unauthorized", "Unauthorized");
        }

        user = Impersonation.Apply(parts.Authorizer, user, http.Request.Headers);
        if (!parts.Authorizer.Decide(user, info.ToQuestion()).Allowed)
        {
            throw Forbidden(user, info);
        }

        if (!info.IsResource)
        {
            await NonResourceHandler.HandleAsync(parts, http, info).ConfigureAwait(false);
            return;
        }

        if (Find(info) is not { } resource)
        {
            if (!parts.Table.All.Any(row => row.Group == info.Group))
            {
                await Answers.TextAsync(http, 404, NonResourceHandler.NotFound).ConfigureAwait(false);
                return;
            }

            throw NotFound();
        }

        await ResourceAsync(new ApiContext(parts, http, info, user, resource)).ConfigureAwait(false);
    }

    private UserInfo? Authenticate(HttpContext http, RequestInfo info)
    {
        var header = http.Request.Headers.Authorization.ToString();
        const string Scheme = "Bearer ";
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && authenticator.Authenticate(header[Scheme.Length..].Trim(), [TokenIssuer.Audience])?.User is { } user)
        {
            return user;
        }

        // Whoever watches over the process need not know its secrets.
        return header.Length == 0 && info.Path is "/livez" or "/healthz" or "/readyz" ? UserInfo.Anonymous : null;
    }

    private static ApiException Forbidden(UserInfo user, RequestInfo info)
    {
        var refusal = info.ToQuestion().Refusal(user);
        if (!info.IsResource)
        {
            return new ApiException(403, "Forbidden", $"forbidden: {refusal}", new StatusDetails());
        }

        var resource = new ResourceDefinition
        {
            Group = info.Group,
            Version = info.Version,
            Plural = info.Resource,
            Kind = "",
            ListKind = "",
            Singular = "",
        };
        return ApiException.Forbidden(resource, info.AllowedName, refusal);
    }

    private ResourceDefinition? Find(RequestInfo info)
    {
        var resource = parts.Table.Find(info.Group, info.Version, info.Resource);

        // A namespaced object has no address outside of one, nor a cluster's object inside.
        var misplaced = resource is not null && (resource.Namespaced
            ? info.Namespace.Length == 0 && info.Name.Length > 0
            : info.Namespace.Length > 0 && resource is not { Group: "", Kind: "Namespace" });
        return misplaced ? null : resource;
    }

    private static ApiException NotFound() => new(404, "NotFound", NoSuchResource, new StatusDetails());

    private static ApiException NotAllowed() => new(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource", new StatusDetails());

    private static Task ResourceAsync(ApiContext context)
    {
        var (resource, info) = (context.Resource, context.Info);
        if (resource is { Group: "", Kind: "Endpoints" })
        {
            context.Warnings.Add("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
        }

        if (context.Subresource is { } name)
        {
            var subresource = resource.FindSubresource(name);
            return subresource is null || info.HasRest ? throw NotFound()
                : !subresource.Verbs.Contains(info.Verb) ? throw NotAllowed()
                : SubresourceAsync(context, name);
        }

        // Lists and watches of all namespaces are the only things that a namespaced collection does at the root.
        if (!resource.Verbs.Contains(info.Verb)
            || (resource.Namespaced && info.Namespace.Length == 0 && info.Verb is not ("list" or "watch")))
        {
            throw NotAllowed();
        }

        if (Reviews.Find(resource) is { } review)
        {
            return review(context);
        }

        return info.Verb switch
        {
            // One object can be watched too: by its own address.
            "get" when context.Flag("watch") => WatchHandler.WatchAsync(context),
            "get" => ReadHandler.GetAsync(context),
            "list" => ListHandler.ListAsync(context),
            "watch" => WatchHandler.WatchAsync(context),
            "create" when info.Name.Length > 0 => throw NotAllowed(),
            "create" => CreateHandler.CreateAsync(context),
            "update" when info.Name.Length == 0 => throw NotAllowed(),
            "update" => UpdateHandler.UpdateAsync(context),
            "patch" when info.Name.Length == 0 => throw NotAllowed(),
            "patch" => PatchHandler.PatchAsync(context),
            "delete" => DeleteHandler.DeleteAsync(context),
            "deletecollection" => DeleteHandler.DeleteCollectionAsync(context),
            _ => throw NotAllowed(),
        };
    }

    private static Task SubresourceAsync(ApiContext context, string name) => (name, context.Info.Verb) switch
    {
        ("scale", "get") => ScaleHandler.GetAsync(context),
        ("scale", "update") => ScaleHandler.UpdateAsync(context),
        ("log", _) => LogHandler.GetAsync(context),
        ("eviction", _) => EvictionHandler.EvictAsync(context),
        ("binding", _) => BindingHandler.BindAsync(context),
        ("token", _) => TokenHandler.CreateAsync(context),
        (_, "get") => ReadHandler.GetAsync(context),
        (_, "patch") => PatchHandler.PatchAsync(context),
        _ => UpdateHandler.UpdateAsync(context),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed in a way that no request should.")]
    private static partial void LogUnexpected(ILogger logger, string method, PathString path, Exception exception);
}
