using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>Defaults of pods, in pods and in templates.</summary>
internal static class PodDefaults
{
    public static void Spec(JsonObject spec)
    {
        // The old name of the field is read when it is the only one, and always written.
        var account = spec.TextOf("serviceAccountName");
        account = account.Length == 0 ? spec.TextOf("serviceAccount") : account;
        if (account.Length > 0)
        {
            spec["serviceAccountName"] = account;
            spec["serviceAccount"] = account;
        }

        spec.Fill("restartPolicy", "Always");
        spec.Fill("terminationGracePeriodSeconds", 30L);
        spec.Fill("dnsPolicy", "ClusterFirst");
        spec.ObjectOrNew("securityContext");
        spec.Fill("schedulerName", "default-scheduler");
    }

    public static void Container(JsonObject container)
    {
        container.Fill("terminationMessagePath", "/dev/termination-log");
        container.Fill("terminationMessagePolicy", "File");
        container.Fill("imagePullPolicy", PullPolicy(container.TextOf("image")));
        container.ObjectOrNew("resources");
    }

    /// <summary>Amounts are kept to the thousandth.</summary>
    public static void Resources(JsonObject resources)
    {
        Round(resources.Object("limits"));
        Round(resources.Object("requests"));
    }

    public static void Probe(JsonObject probe)
    {
        probe.Fill("timeoutSeconds", 1L);
        probe.Fill("periodSeconds", 10L);
        probe.Fill("successThreshold", 1L);
        probe.Fill("failureThreshold", 3L);
    }

    public static void HttpGet(JsonObject action)
    {
        action.Fill("path", "/");
        action.Fill("scheme", "HTTP");
    }

    /// <summary>What a pod gets and a template does not: what is limited is requested, and the host's network has the container's ports.</summary>
    public static void Pod(JsonObject spec)
    {
        spec.Fill("enableServiceLinks", true);
        foreach (var container in spec.Objects("containers").Concat(spec.Objects("initContainers")))
        {
            RequestLimits(container.Object("resources"));
            if (spec.Flag("hostNetwork"))
            {
                HostPorts(container);
            }
        }

        PodLevelRequests(spec);
    }

    public static void Round(JsonObject? amounts)
    {
        foreach (var (name, amount) in amounts?.ToList() ?? [])
        {
            if (Quantity.TryParse(amount.AsText() ?? "", out var quantity))
            {
                amounts![name] = quantity.RoundedUpToMilli().ToString();
            }
        }
    }

    /// <summary>Images that may change under the same name are pulled always.</summary>
    public static string PullPolicy(string image)
    {
        var digest = image.IndexOf('@', StringComparison.Ordinal);
        var name = digest < 0 ? image : image[..digest];
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        var tag = hasTag ? name[(colon + 1)..] : digest < 0 ? "latest" : "";
        return tag == "latest" && !IsMalformed(image) ? "Always" : "IfNotPresent";
    }

    // A name that is no image reference has no tag, not even the implied one.
    private static bool IsMalformed(string image)
    {
        var path = image.Split('@')[0];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var repository = slash >= 0 && path[..slash].IndexOfAny(['.', ':']) >= 0 ? path[(slash + 1)..] : path;
        return repository.Length == 0 || repository.Any(letter => char.IsAsciiLetterUpper(letter) && repository.IndexOf(':', StringComparison.Ordinal) < 0)
            || image.Any(char.IsWhiteSpace);
    }

    private static void RequestLimits(JsonObject? resources)
    {
        if (resources?.Object("limits") is not { Count: > 0 } limits)
        {
            return;
        }

        var requests = resources.ObjectOrNew("requests");
        foreach (var (name, amount) in limits)
        {
            if (!requests.ContainsKey(name))
            {
                requests[name] = amount?.DeepClone();
            }
        }
    }

    private static void HostPorts(JsonObject container)
    {
        foreach (var port in container.Objects("ports"))
        {
            if (port.NumberOf("hostPort") is null or 0 && port["containerPort"] is { } number)
            {
                port["hostPort"] = number.DeepClone();
            }
        }
    }

    private static void PodLevelRequests(JsonObject spec)
    {
        if (spec.Object("resources") is not { } resources || resources.Object("limits") is not { Count: > 0 } limits)
        {
            return;
        }

        var requests = resources.ObjectOrNew("requests");
        foreach (var (name, limit) in limits)
        {
            if (requests.ContainsKey(name))
            {
                continue;
            }

            var asked = spec.Objects("containers").Select(container => container.Object("resources")?.Object("requests")?[name].AsText()).OfType<string>().ToList();
            requests[name] = asked.Count == 0
                ? limit?.DeepClone()
                : JsonValue.Create(asked.Select(Quantity.Parse).Aggregate((sum, one) => sum + one).ToString());
        }
    }
}
