using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Says that the cluster does not have a kind of object which the settings ask for, and how to get it.</summary>
internal static class MissingKind
{
    public const string Code = "K8SD225";

    private const string Gateway = "gateway.networking.k8s.io";
    private const string Keda = "keda.sh";

    public static DeploymentException Of(ObjectId id, Uri server) => new(
        Code, "plan", $"{server} knows no {id.Kind} of {id.ApiVersion}, which {id} is",
        "correct its apiVersion and kind, install what defines it, or leave it out of .WithAdditionalResources(…)")
    { Reason = "KIND_MISSING" };

    /// <summary>A kind that turns out to be in no namespace, so that no deployment can own what is of it.</summary>
    public static DeploymentException OfCluster(ObjectKind kind, Uri server) => new(
        "K8SD226", "plan", $"A {kind.Kind} of {kind.ApiVersion} is in no namespace of {server}, so that no deployment can own it",
        "leave it out of .WithAdditionalResources(…), and have it applied by whoever looks after the cluster");

    public static DeploymentException Of(ObjectKind kind, Uri server, Exception? cause)
    {
        var what = kind.Group switch
        {
            Gateway => "the Gateway API",
            Keda => "KEDA",
            _ => $"{kind.ApiVersion} {kind.Kind}",
        };
        return new DeploymentException(Code, "plan", $"{server} does not have {what}, so it knows no {kind.Kind}", Fix(kind), cause) { Reason = "KIND_MISSING" };
    }

    private static string Fix(ObjectKind kind) => kind.Group switch
    {
        Gateway => "install it with 'kubectl apply --server-side -f https://github.com/kubernetes-sigs/gateway-api/releases/latest/download/standard-install.yaml' "
            + "and a controller for it, or use .WithIngress(…) instead of .WithGateway(…)",
        Keda => "install it with 'helm install keda keda --repo https://kedacore.github.io/charts --namespace keda --create-namespace', "
            + "or scale without it: .WithAutoscaling(a => a.Autoscaler = AutoscalerKind.Hpa)",
        _ => "install what defines it, or leave it out",
    };
}
