namespace AspireK8sDeployer.Engine.Settings;

/// <summary>What moves the number of replicas.</summary>
public enum AutoscalerKind
{
    /// <summary>A HorizontalPodAutoscaler (autoscaling/v2), which every cluster has; the default.</summary>
    Hpa,

    /// <summary>A ScaledObject (keda.sh/v1alpha1), which can scale to zero and needs KEDA.</summary>
    Keda,
}
