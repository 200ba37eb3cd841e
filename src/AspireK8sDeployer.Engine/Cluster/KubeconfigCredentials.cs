using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>The credentials of a kubeconfig's user, in the order in which kubectl takes them.</summary>
internal static class KubeconfigCredentials
{
    public static ICredentials Of(KubeconfigContext context, Surroundings surroundings)
    {
        var user = context.User;
        if (user["exec"] is not null)
        {
            return user["exec"] is System.Text.Json.Nodes.JsonObject
                ? new PluginCredentials(new CredentialPlugin(context, surroundings), surroundings.Time)
                : throw KubeconfigAccess.Broken(context, "the plugin of its user is not described as it should be");
        }

        if (user["auth-provider"] is not null)
        {
            return AuthProviderCredentials.Of(context);
        }

        if (user.Text("tokenFile") is { Length: > 0 } file)
        {
            return new TokenFileCredentials(file, surroundings.Time);
        }

        var credential = new Credential { Header = Header(context), Certificate = Certificate(context) };
        return new FixedCredentials(credential, surroundings.Time, "log in again, or choose another context with .WithKubeContext(\"…\")");
    }

    private static AuthenticationHeaderValue? Header(KubeconfigContext context)
    {
        var user = context.User;
        if (user.Text("token")?.Trim() is { Length: > 0 } token)
        {
            return token.Any(char.IsWhiteSpace) ? throw KubeconfigAccess.Broken(context, "the token of its user has blanks or line breaks in it") : Credential.Bearer(token);
        }

        return user.Text("username") is { Length: > 0 } name
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{user.Text("password")}")))
            : null;
    }

    private static X509Certificate2? Certificate(KubeconfigContext context)
    {
        if (KubeconfigAccess.Content(context, context.User, "client-certificate-data", "client-certificate") is not { } certificate)
        {
            return null;
        }

        var key = KubeconfigAccess.Content(context, context.User, "client-key-data", "client-key")
            ?? throw KubeconfigAccess.Broken(context, "its user has a client certificate without a key");
        try
        {
            return ClientCertificate.FromPem(certificate, key);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw KubeconfigAccess.Broken(context, "the client certificate of its user and its key are not a pair in PEM form");
        }
    }
}
