using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AspireK8sDeployer.Engine.Render;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>The API as a strict reader: nothing is stored, unknown fields are refused, and warnings count.</summary>
internal sealed class StrictApi(string kubeconfig) : Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig))
{
    private const string Strictly = "dryRun=All&fieldValidation=Strict";

    private static readonly Dictionary<string, string> Plurals = new()
    {
        ["NetworkPolicy"] = "networkpolicies",
        ["Ingress"] = "ingresses",
    };

    /// <summary>What the server says against an object that is applied; nothing when it is right.</summary>
    public Task<IReadOnlyList<string>> ApplyAsync(RenderedObject rendered, CancellationToken cancellationToken)
    {
        // What somebody who deploys a published folder fills in.
        var yaml = rendered.ToYaml().Replace("\".dockerconfigjson\": REPLACE_ME", "\".dockerconfigjson\": '{\"auths\":{}}'", StringComparison.Ordinal);
        var id = rendered.Id;
        var place = id.Namespace is null ? "" : $"namespaces/{id.Namespace}/";
        var root = id.ApiVersion.Contains('/', StringComparison.Ordinal) ? "apis" : "api";
        var plural = Plurals.GetValueOrDefault(id.Kind, $"{id.Kind.ToLowerInvariant()}s");
        return SendAsync(
            HttpMethod.Patch, $"{root}/{id.ApiVersion}/{place}{plural}/{id.Name}?fieldManager=k8sd-e2e&force=true&{Strictly}", yaml, "application/apply-patch+yaml",
            $"{id.Kind}", cancellationToken);
    }

    /// <summary>What the server says against a pod of a Deployment, asked for as its ReplicaSet would.</summary>
    public Task<IReadOnlyList<string>> CreatePodAsync(RenderedObject deployment, CancellationToken cancellationToken)
    {
        var template = KubernetesYaml.Deserialize<V1Deployment>(deployment.ToYaml(), strict: true).Spec.Template;
        var pod = new V1Pod
        {
            ApiVersion = "v1",
            Kind = "Pod",
            Metadata = new() { GenerateName = $"{deployment.Id.Name}-", Labels = template.Metadata.Labels, Annotations = template.Metadata.Annotations },
            Spec = template.Spec,
        };
        return SendAsync(HttpMethod.Post, $"api/v1/namespaces/{deployment.Id.Namespace}/pods?{Strictly}", KubernetesJson.Serialize(pod), "application/json", "Pod", cancellationToken);
    }

    private async Task<IReadOnlyList<string>> SendAsync(HttpMethod method, string path, string body, string type, string subject, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(BaseUri, path)) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (Credentials is not null)
        {
            await Credentials.ProcessHttpRequestAsync(request, cancellationToken);
        }

        using var response = await HttpClient.SendAsync(request, cancellationToken);
        var said = response.Headers.TryGetValues("Warning", out var warnings) ? warnings.Select(warning => $"{subject}: warning: {warning}") : [];
        return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created
            ? [.. said]
            : [.. said, $"{subject}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}"];
    }
}
