using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tables;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>GET of <c>pods/log</c>.</summary>
internal static class LogHandler
{
    public static async Task GetAsync(ApiContext context)
    {
        var options = new LogOptions
        {
            Follow = context.Flag("follow"),
            Previous = context.Flag("previous"),
            Timestamps = context.Flag("timestamps"),
            TailLines = context.Number("tailLines"),
            LimitBytes = context.Number("limitBytes"),
            SinceSeconds = context.Number("sinceSeconds"),
            SinceTime = DateTimeOffset.TryParse(context.Query("sinceTime"), CultureInfo.InvariantCulture, out var since) ? since : null,
        };
        var name = context.Info.Name;
        var pod = context.Parts.Store.Get(context.Resource, context.Namespace, name)?.ToJsonObject()
            ?? throw ApiException.NotFound(context.Resource, name);
        Check(name, options);
        var container = ChooseContainer(name, pod, context.Query("container") ?? "");
        if (context.Parts.Options.PodLogs is not { } logs || pod.Text("spec", "nodeName").Length == 0)
        {
            // No node has begun with it: there is nothing to read yet.
            await Answers.TextAsync(context.Http, 200, "").ConfigureAwait(false);
            return;
        }

        context.Http.Response.ContentType = "text/plain";
        await logs.CopyAsync(context.Namespace, name, container, options, context.Http.Response.Body, context.Aborted).ConfigureAwait(false);
    }

    private static void Check(string name, LogOptions options)
    {
        var problems = new List<StatusCause>();
        Positive(options.TailLines, 0, "tailLines", "must be greater than or equal to 0");
        Positive(options.LimitBytes, 1, "limitBytes", "must be greater than 0");
        Positive(options.SinceSeconds, 1, "sinceSeconds", "must be greater than 0");
        if (problems.Count > 0)
        {
            throw ApiException.Invalid("", "PodLogOptions", name, problems);
        }

        void Positive(long? value, long least, string field, string problem)
        {
            if (value < least)
            {
                problems.Add(new StatusCause("FieldValueInvalid", $"Invalid value: {value}: {problem}", field));
            }
        }
    }

    private static string ChooseContainer(string pod, System.Text.Json.Nodes.JsonObject spec, string asked)
    {
        var containers = spec.Objects("spec", "containers").Select(c => c.Text("name")).ToList();
        var others = spec.Objects("spec", "initContainers").Concat(spec.Objects("spec", "ephemeralContainers")).Select(c => c.Text("name")).ToList();
        if (asked.Length > 0)
        {
            return containers.Contains(asked) || others.Contains(asked)
                ? asked
                : throw ApiException.BadRequest($"container {asked} is not valid for pod {pod}");
        }

        var chosen = spec.MetadataOf()["annotations"].Text("kubectl.kubernetes.io/default-container");
        if (containers.Count == 1 || containers.Contains(chosen))
        {
            return containers.Contains(chosen) ? chosen : containers[0];
        }

        var init = spec.Objects("spec", "initContainers").Select(c => c.Text("name")).ToList();
        var or = init.Count > 0 ? $" or one of the init containers: [{string.Join(' ', init)}]" : "";
        throw ApiException.BadRequest($"a container name must be specified for pod {pod}, choose one of: [{string.Join(' ', containers)}]{or}");
    }
}
