using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress;

/// <summary>Which Ingresses are this controller's: those of a class that names it, whatever the class is called.</summary>
internal static class IngressClasses
{
    /// <summary>What <c>spec.controller</c> of an IngressClass has to be.</summary>
    public const string ControllerName = "aspire-k8s.dev/embedded-ingress";

    /// <summary>The class that every cluster has, for Ingresses that name none.</summary>
    public const string DefaultName = "embedded";

    private const string DefaultAnnotation = "ingressclass.kubernetes.io/is-default-class";
    private const string ClassAnnotation = "kubernetes.io/ingress.class";

    public static string? NameOf(V1Ingress ingress) =>
        ingress.Spec.IngressClassName ?? (ingress.Metadata.Annotations?.TryGetValue(ClassAnnotation, out var name) == true ? name : null);

    public static bool Serve(IClusterApi api, V1Ingress ingress) =>
        NameOf(ingress) is { Length: > 0 } name && api.Get<V1IngressClass>(null, name)?.Spec?.Controller == ControllerName;

    /// <summary>Makes the default class, unless it is there: what somebody has made of it stays.</summary>
    public static void EnsureDefault(IClusterApi api)
    {
        if (api.Get<V1IngressClass>(null, DefaultName) is null)
        {
            api.Create(
                new V1IngressClass
                {
                    Metadata = new V1ObjectMeta { Name = DefaultName, Annotations = new Dictionary<string, string> { [DefaultAnnotation] = "true" } },
                    Spec = new V1IngressClassSpec { Controller = ControllerName },
                },
                IngressController.FieldManager);
        }
    }
}
