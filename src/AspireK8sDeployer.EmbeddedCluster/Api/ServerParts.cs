using AspireK8sDeployer.EmbeddedCluster.Admission;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>What the server is made of, put together once.</summary>
internal sealed class ServerParts : IDisposable
{
    public ServerParts(ApiServerOptions options)
    {
        Options = options;
        Table = new ResourceTable();
        Store = new ObjectStore(Table, options.StateDirectory, options.LoggerFactory.CreateLogger<ObjectStore>());
        Certificates = Certificates.Open(options.StateDirectory, options.Address, Time.GetUtcNow());
        Tokens = new TokenIssuer(Certificates.TokenKey, Time);
        Authenticator = new Authenticator(Store, Table, Tokens, Certificates.AdminToken);
        Authorizer = new Authorizer(Store, Table);
        Allocations = new Allocations(Store, Table, options);
        Admission = new AdmissionChain(
        [
            new NamespaceLifecycle(Store, Table),
            new LimitRanger(Store, Table),
            new PodServiceAccount(Store, Table, () => Api!),
            new PodSecurity(Store, Table),
            new PodPriority(Store, Table),
            new PodDefaultTolerations(),
            new ClaimProtection(),
            new DefaultIngressClass(Store, Table),
            new RoleEscalation(Authorizer),
            new ResourceQuotas(Store, Table, () => Updater!, Time),
        ]);
        Creator = new Creator(Store, Admission, Allocations, Time);
        Deleter = new Deleter(Store, Table, Admission, Allocations, Time);
        Updater = new Updater(Store, Admission, Allocations, Creator);
        Api = new ClusterApi(this);
        CustomResources = new CustomResources(this);
        CustomResources.Load();
    }

    private readonly CancellationTokenSource _stopping = new();

    public ApiServerOptions Options { get; }

    /// <summary>Ends what has no end of its own: watches, background work.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public TimeProvider Time => Options.TimeProvider;

    public ResourceTable Table { get; }

    public ObjectStore Store { get; }

    public Certificates Certificates { get; }

    public TokenIssuer Tokens { get; }

    public Authenticator Authenticator { get; }

    public Authorizer Authorizer { get; }

    public Allocations Allocations { get; }

    public AdmissionChain Admission { get; }

    public Creator Creator { get; }

    public Updater Updater { get; }

    public Deleter Deleter { get; }

    public IClusterApi Api { get; }

    public CustomResources CustomResources { get; }

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose()
    {
        _stopping.Dispose();
        CustomResources.Dispose();
        Store.Dispose();
        Certificates.Dispose();
    }
}
