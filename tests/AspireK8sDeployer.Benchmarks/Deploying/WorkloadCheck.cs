using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Benchmarks.Deploying;

/// <summary>Looks whether a tool has done what it was asked to, before its time is worth anything.</summary>
internal sealed class WorkloadCheck(Kubernetes client, Workload workload)
{
    /// <summary>Throws unless every object is there, every pod is ready, and all are of the workload's release.</summary>
    /// <returns>How often each deployment was changed since it was made: what a deploy that has nothing to do must leave alone.</returns>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(CancellationToken cancellationToken)
    {
        var deployments = (await client.AppsV1.ListNamespacedDeploymentAsync(workload.Namespace, cancellationToken: cancellationToken)).Items;
        Names("Deployments", deployments);
        Names("ConfigMaps", (await client.CoreV1.ListNamespacedConfigMapAsync(workload.Namespace, labelSelector: workload.Selector, cancellationToken: cancellationToken)).Items, byPrefix: true);
        Names("ServiceAccounts", (await client.CoreV1.ListNamespacedServiceAccountAsync(workload.Namespace, labelSelector: workload.Selector, cancellationToken: cancellationToken)).Items);
        Names("Services", (await client.CoreV1.ListNamespacedServiceAsync(workload.Namespace, cancellationToken: cancellationToken)).Items);
        Names("Ingresses", (await client.NetworkingV1.ListNamespacedIngressAsync(workload.Namespace, cancellationToken: cancellationToken)).Items);
        Names("HorizontalPodAutoscalers", (await client.AutoscalingV2.ListNamespacedHorizontalPodAutoscalerAsync(workload.Namespace, cancellationToken: cancellationToken)).Items);
        Names("PodDisruptionBudgets", (await client.PolicyV1.ListNamespacedPodDisruptionBudgetAsync(workload.Namespace, cancellationToken: cancellationToken)).Items);
        await CheckSecretsAsync(deployments, cancellationToken);
        foreach (var deployment in deployments)
        {
            Check(deployment);
        }

        return deployments.ToDictionary(item => item.Metadata.Name, item => item.Metadata.Generation ?? 0);
    }

    private void Names<T>(string kind, IList<T> found, bool byPrefix = false)
        where T : IMetadata<V1ObjectMeta>
    {
        var names = found.Select(item => byPrefix ? item.Metadata.Name[..Workload.NameOf(0).Length] : item.Metadata.Name).Order(StringComparer.Ordinal);
        Ensure(names.SequenceEqual(workload.Names.Order(StringComparer.Ordinal)), $"{found.Count} {kind} instead of {workload.Count}");
    }

    // Their names differ from tool to tool: those count that pods refer to.
    private async Task CheckSecretsAsync(IList<V1Deployment> deployments, CancellationToken cancellationToken)
    {
        var secrets = (await client.CoreV1.ListNamespacedSecretAsync(workload.Namespace, cancellationToken: cancellationToken)).Items.Select(item => item.Metadata.Name).ToHashSet();
        var wanted = deployments.Select(item => Container(item).Env.Select(variable => variable.ValueFrom?.SecretKeyRef?.Name).OfType<string>().Single()).ToList();
        Ensure(wanted.Distinct().Count() == workload.Count && wanted.All(secrets.Contains), $"{wanted.Count(secrets.Contains)} Secrets instead of {workload.Count}");
    }

    private void Check(V1Deployment deployment)
    {
        var (status, name) = (deployment.Status, deployment.Metadata.Name);
        var wanted = deployment.Spec.Replicas ?? 1;
        Ensure(
            status?.ObservedGeneration == deployment.Metadata.Generation && status?.UpdatedReplicas == wanted && status.AvailableReplicas == wanted,
            $"{name} has {status?.AvailableReplicas ?? 0} available replicas instead of {wanted}, {status?.UpdatedReplicas ?? 0} of them new");
        Ensure(
            Container(deployment).Env.Single(variable => variable.Name == Workload.Variable).Value == workload.Release, $"{name} is not of release {workload.Release}");
    }

    private static V1Container Container(V1Deployment deployment) => deployment.Spec.Template.Spec.Containers[0];

    private void Ensure(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The deploy did not do its work, in namespace {workload.Namespace}: {problem}");
        }
    }
}
