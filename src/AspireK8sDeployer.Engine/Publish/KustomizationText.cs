using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Publish;

/// <summary>Writes <c>kustomization.yaml</c>.</summary>
internal static class KustomizationText
{
    private const string Head = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";

    /// <summary>The text.</summary>
    /// <param name="resources">The files of the objects.</param>
    /// <param name="imageName">By which name the objects call the image.</param>
    /// <param name="image">The image.</param>
    /// <param name="secrets">How the Secrets are made.</param>
    public static string Of(IEnumerable<string> resources, string imageName, PublishedImage image, IReadOnlyCollection<SecretGenerator> secrets)
    {
        var text = new StringBuilder(Head)
            .Append(YamlWriter.Write(new JsonObject { ["resources"] = new JsonArray([.. resources.Select(file => (JsonNode)file)]) }))
            .Append("# What runs; where there is a placeholder, once it is built and pushed.\n")
            .Append(YamlWriter.Write(new JsonObject { ["images"] = new JsonArray(EntryOf(imageName, image)) }));
        if (secrets.Count > 0)
        {
            text.Append(HowToFill(secrets))
                .Append(YamlWriter.Write(new JsonObject { ["secretGenerator"] = new JsonArray([.. secrets.Select(secret => (JsonNode)secret.Entry)]) }));
        }

        return text.ToString();
    }

    private static JsonObject EntryOf(string imageName, PublishedImage image)
    {
        var entry = new JsonObject { ["name"] = imageName, ["newName"] = image.Name };
        if (image.Tag is not null)
        {
            entry["newTag"] = image.Tag;
        }

        if (image.Digest is not null)
        {
            entry["digest"] = image.Digest;
        }

        return entry;
    }

    private static string HowToFill(IReadOnlyCollection<SecretGenerator> secrets)
    {
        var variables = secrets.Any(secret => secret.Variables.Count > 0) ? $" {PublishedDeployment.SecretValues} is {PublishedDeployment.SecretExample}, filled in." : "";
        var files = secrets.Any(secret => secret.Files.Count > 0) ? $" A file under {PublishedDeployment.SecretFiles}/ is one value, byte for byte." : "";
        return $"# Secret values come from files that are not published.{variables}{files}\n";
    }
}
