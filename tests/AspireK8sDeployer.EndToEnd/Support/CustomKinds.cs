using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>The definitions of the custom kinds that deployments are rendered to. Those that the cluster lacks are made, and removed again.</summary>
internal sealed class CustomKinds(IKubernetes user) : IAsyncDisposable
{
    private readonly List<string> _made = [];

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var present = (await user.ApiextensionsV1.ListCustomResourceDefinitionAsync(cancellationToken: cancellationToken)).Items.Select(item => item.Name()).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Crds"), "*.yaml"))
        {
            var definition = await KubernetesYaml.LoadFromFileAsync<V1CustomResourceDefinition>(file);
            if (!present.Contains(definition.Name()))
            {
                // Before it is made: a test that is stopped meanwhile removes it all the same.
                _made.Add(definition.Name());
                await user.ApiextensionsV1.CreateCustomResourceDefinitionAsync(definition, cancellationToken: cancellationToken);
            }
        }

        await ServedAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _made)
        {
            try
            {
                await user.ApiextensionsV1.DeleteCustomResourceDefinitionAsync(name);
            }
            catch (k8s.Autorest.HttpOperationException gone) when (gone.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                // It was not made in the end.
            }
        }
    }

    private async Task ServedAsync(CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(TimeSpan.FromSeconds(30));
        var open = _made.ToHashSet();
        while (open.Count > 0)
        {
            bounded.Token.ThrowIfCancellationRequested();
            var all = await user.ApiextensionsV1.ListCustomResourceDefinitionAsync(cancellationToken: bounded.Token);
            open.ExceptWith(all.Items.Where(item => item.Status?.Conditions?.Any(condition => condition is { Type: "Established", Status: "True" }) == true).Select(item => item.Name()));
        }
    }
}
