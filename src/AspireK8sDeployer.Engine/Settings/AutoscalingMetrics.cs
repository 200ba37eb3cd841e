namespace AspireK8sDeployer.Engine.Settings;

/// <summary>What the metrics have in common.</summary>
internal static class AutoscalingMetrics
{
    extension(AutoscalingMetric metric)
    {
        /// <summary>Whether Serving measures it, rather than the nodes.</summary>
        public bool IsOfServing => metric is AutoscalingMetric.Concurrency or AutoscalingMetric.Rps;
    }
}
