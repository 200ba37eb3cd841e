using System.Security.Cryptography;
using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>Tells from a bearer token who makes a request: the administrator, or a service account that still exists.</summary>
internal sealed class Authenticator(ObjectStore store, ResourceTable table, TokenIssuer issuer, string adminToken)
{
    private const string CredentialId = "authentication.kubernetes.io/credential-id";
    private const string PodName = "authentication.kubernetes.io/pod-name";
    private const string PodUid = "authentication.kubernetes.io/pod-uid";

    private readonly byte[] _adminToken = Encoding.UTF8.GetBytes(adminToken);
    private readonly ResourceDefinition _accounts = table.Kind("v1", "ServiceAccount");

    private readonly UserInfo _admin = new("kubernetes-admin", [UserInfo.AdministratorsGroup, UserInfo.AuthenticatedGroup])
    {
        // Which credential it was, without giving it away.
        Extra = new Dictionary<string, IReadOnlyList<string>>
        {
            [CredentialId] = ["SHA256=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(adminToken)))],
        },
    };

    /// <summary>Null when the token is not good for any of these audiences.</summary>
    public AuthenticatedToken? Authenticate(string token, IReadOnlyList<string> audiences)
    {
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), _adminToken))
        {
            return new AuthenticatedToken(_admin, audiences);
        }

        if (issuer.Verify(token) is not { } claims || claims.Audiences.Intersect(audiences).ToList() is not { Count: > 0 } common)
        {
            return null;
        }

        return store.Get(_accounts, claims.Namespace, claims.ServiceAccount)?.Uid == claims.ServiceAccountUid && BoundObjectLives(claims)
            ? new AuthenticatedToken(UserOf(claims), common)
            : null;
    }

    private static UserInfo UserOf(TokenClaims claims)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>> { [CredentialId] = [$"JTI={claims.Id}"] };
        if (claims.BoundKind == "Pod")
        {
            extra[PodName] = [claims.BoundName];
            extra[PodUid] = [claims.BoundUid];
        }

        return ServiceAccounts.User(claims.Namespace, claims.ServiceAccount, claims.ServiceAccountUid) with { Extra = extra };
    }

    private bool BoundObjectLives(TokenClaims claims) =>
        claims.BoundKind is not { } kind
        || store.Get(table.Kind("v1", kind), kind == "Node" ? "" : claims.Namespace, claims.BoundName)?.Uid == claims.BoundUid;
}

/// <summary>Who a token is, and for which of the audiences asked about it is good.</summary>
internal sealed record AuthenticatedToken(UserInfo User, IReadOnlyList<string> Audiences);
