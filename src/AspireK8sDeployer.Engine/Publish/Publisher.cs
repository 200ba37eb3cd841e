using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Rbac;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Publish;

/// <summary>Writes a deployment as files: one for each object, and what kustomize needs to make the rest. Pure.</summary>
internal static class Publisher
{
    public static PublishedDeployment Publish(DeploymentSettings settings, PublishOptions options)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var names = new FileNames();
        var resources = new List<string>();
        var secrets = new List<SecretGenerator>();
        var manifest = ManifestRenderer.Render(settings, new PublishedSecrets());
        foreach (var item in manifest.Objects)
        {
            if (SecretGenerator.Of(item, settings) is { } generator)
            {
                secrets.Add(generator);
                continue;
            }

            var file = names.Of(item);
            resources.Add(file);
            files[file] = Published(item, settings).ToYaml();
        }

        files[PublishedDeployment.Kustomization] = KustomizationText.Of(resources, ImageName(settings), options.Image ?? PublishedImage.Of(settings.Image), secrets);
        files[PublishedDeployment.Rights] = RbacManifest.Render(RightsName(settings), RequiredPermissions.Of(settings, manifest), options.Subject).ToYaml();
        AddHelpForSecrets(files, secrets, options);
        return new PublishedDeployment(files);
    }

    private static void AddHelpForSecrets(SortedDictionary<string, string> files, List<SecretGenerator> secrets, PublishOptions options)
    {
        if (secrets.Count > 0)
        {
            files[".gitignore"] = $"/{PublishedDeployment.SecretValues}\n/{PublishedDeployment.SecretFiles}/\n";
        }

        var variables = secrets.SelectMany(secret => secret.Variables).ToList();
        if (variables.Count > 0)
        {
            files[PublishedDeployment.SecretExample] = SecretExample.Of(variables, options.SecretSources, [.. secrets.SelectMany(secret => secret.Files)]);
        }
    }

    private static RenderedObject Published(RenderedObject item, DeploymentSettings settings) => item.Id switch
    {
        { Kind: "Namespace", ApiVersion: "v1" } when item.Id.Name == settings.Namespace => WithoutMark(item),
        { Kind: "Deployment", ApiVersion: "apps/v1" } when item.Id.Name == settings.Name => WithImageName(item, settings),
        _ => item,
    };

    // Applied to a namespace that somebody else made, the mark would make it ours to delete.
    private static RenderedObject WithoutMark(RenderedObject item)
    {
        var body = (JsonObject)item.Body.DeepClone();
        body["metadata"]!.AsObject().Remove("labels");
        return new RenderedObject(item.Id, body);
    }

    private static RenderedObject WithImageName(RenderedObject item, DeploymentSettings settings)
    {
        var body = (JsonObject)item.Body.DeepClone();
        var containers = body["spec"]!["template"]!["spec"]!["containers"]!.AsArray();
        containers.Single(container => (string?)container!["name"] == settings.Name)!["image"] = ImageName(settings);
        return new RenderedObject(item.Id, body);
    }

    // A name that no other container's image can have, which the entry of the image would change too.
    private static string ImageName(DeploymentSettings settings) => $"{Names.Domain}/{settings.Name}";

    // A ClusterRole's name is the whole cluster's.
    private static string RightsName(DeploymentSettings settings) => $"{Names.FieldManager}.{settings.Namespace}.{settings.Name}";
}
