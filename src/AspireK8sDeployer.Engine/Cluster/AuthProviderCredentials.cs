using System.Text.Json.Nodes;
using k8s;
using k8s.Authentication;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>The way before plugins, of which OpenID Connect is left; KubernetesClient does it.</summary>
internal sealed class AuthProviderCredentials(ITokenProvider tokens) : ICredentials
{
    private const string Fix = "log in again with what wrote the kubeconfig, or choose another context with .WithKubeContext(\"…\")";

    public static ICredentials Of(KubeconfigContext context)
    {
        var provider = (context.User["auth-provider"] as JsonObject)?.Text("name");
        if (provider != "oidc")
        {
            throw KubeconfigAccess.Broken(context, provider switch
            {
                "gcp" => "its auth-provider 'gcp' is of the past; 'gcloud container clusters get-credentials' writes one with a plugin",
                "azure" => "its auth-provider 'azure' is of the past; 'kubelogin convert-kubeconfig' makes a plugin of it",
                _ => $"its auth-provider '{provider}' is not known",
            });
        }

        // Names alone: KubernetesClient reads the rest from the user.
        var file = new JsonObject
        {
            ["current-context"] = "c",
            ["contexts"] = new JsonArray(new JsonObject { ["name"] = "c", ["context"] = new JsonObject { ["cluster"] = "c", ["user"] = "u" } }),
            ["clusters"] = new JsonArray(new JsonObject { ["name"] = "c", ["cluster"] = new JsonObject { ["server"] = "https://localhost" } }),
            ["users"] = new JsonArray(new JsonObject { ["name"] = "u", ["user"] = new JsonObject { ["auth-provider"] = context.User["auth-provider"]!.DeepClone() } }),
        };
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file.ToJsonString()));
        try
        {
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(KubernetesClientConfiguration.LoadKubeConfig(stream));
            return new AuthProviderCredentials(configuration.TokenProvider ?? new StringTokenProvider(configuration.AccessToken, tokenType: "Bearer"));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Of any type, and its words may quote what it read.
            throw KubeconfigAccess.Broken(context, "its auth-provider 'oidc' has no tokens, or lacks one of client-id, idp-issuer-url and refresh-token");
        }
    }

    public async Task<Credential> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new Credential { Header = await tokens.GetAuthenticationHeaderAsync(cancellationToken).ConfigureAwait(false) };
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new DeploymentException("K8SD216", "connect", "The OpenID Connect token could not be renewed", Fix) { Reason = "UNAUTHENTICATED" };
        }
    }

    // It renews what has ended by itself.
    public Task<bool> RenewAsync(Credential refused, CancellationToken cancellationToken) => Task.FromResult(false);

    public Refusal? ExplainRefusal(Credential refused) => new("its OpenID Connect token is refused", Fix);
}
