using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>Fills in what containers leave out and refuses what is beyond the limits of their namespace.</summary>
internal sealed class LimitRanger(ObjectStore store, ResourceTable table) : IAdmissionPlugin
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    private readonly ResourceDefinition _ranges = table.Kind("v1", "LimitRange");

    public void Mutate(AdmissionRequest request)
    {
        if (request is not { Operation: AdmissionOperation.Create, IsMain: true, Object: { } pod } || !request.IsCore("Pod"))
        {
            return;
        }

        var notes = new List<string>();
        foreach (var limit in LimitsOf(request, "Container"))
        {
            foreach (var (container, kind) in Containers(pod))
            {
                Note(notes, "request", kind, container, FillIn(container, "requests", limit.Object("defaultRequest")));
                Note(notes, "limit", kind, container, FillIn(container, "limits", limit.Object("default")));
            }
        }

        if (notes.Count > 0)
        {
            pod.MetadataOf().ObjectOrNew("annotations")[Annotation] = $"LimitRanger plugin set: {string.Join("; ", notes)}";
        }
    }

    public void Validate(AdmissionRequest request)
    {
        if (request is not { Operation: AdmissionOperation.Create, IsMain: true, Object: { } obj })
        {
            return;
        }

        var problems = new List<string>();
        if (request.IsCore("Pod"))
        {
            foreach (var limit in LimitsOf(request, "Container"))
            {
                foreach (var (container, _) in Containers(obj))
                {
                    Check(problems, limit, "Container", container.Object("resources") ?? []);
                }
            }

            foreach (var limit in LimitsOf(request, "Pod"))
            {
                Check(problems, limit, "Pod", Sum(obj));
            }
        }
        else if (request.IsCore("PersistentVolumeClaim"))
        {
            foreach (var limit in LimitsOf(request, "PersistentVolumeClaim"))
            {
                Check(problems, limit, "PersistentVolumeClaim", obj.Object("spec")?.Object("resources") ?? []);
            }
        }

        if (problems.Count > 0)
        {
            var text = problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]";
            throw ApiException.Forbidden(request.Write.Resource, request.Write.Name, text);
        }
    }

    private IEnumerable<JsonObject> LimitsOf(AdmissionRequest request, string type) => store.ShelfOf(_ranges).Objects.Values
        .Where(range => range.Namespace == request.Write.Namespace)
        .SelectMany(range => range.ToJsonObject().Object("spec")?.Objects("limits") ?? [])
        .Where(limit => limit.TextOf("type") == type);

    private static IEnumerable<(JsonObject Container, string Kind)> Containers(JsonObject pod)
    {
        var spec = pod.Object("spec") ?? [];
        return spec.Objects("containers").Select(c => (c, "container")).Concat(spec.Objects("initContainers").Select(c => (c, "init container")));
    }

    private static List<string> FillIn(JsonObject container, string list, JsonObject? defaults)
    {
        var set = new List<string>();
        foreach (var (name, amount) in defaults ?? [])
        {
            var amounts = container.ObjectOrNew("resources").ObjectOrNew(list);
            if (!amounts.Has(name))
            {
                amounts[name] = amount!.DeepClone();
                set.Add(name);
            }
        }

        if (container.Object("resources")?.Object(list) is { Count: 0 })
        {
            container.Object("resources")!.Remove(list);
        }

        return set;
    }

    private static void Note(List<string> notes, string what, string kind, JsonObject container, List<string> set)
    {
        if (set.Count > 0)
        {
            notes.Add($"{string.Join(", ", set.Order(StringComparer.Ordinal))} {what} for {kind} {container.TextOf("name")}");
        }
    }

    private static void Check(List<string> problems, JsonObject limit, string type, JsonObject resources)
    {
        var (requests, limits) = (resources.Object("requests") ?? [], resources.Object("limits") ?? []);
        foreach (var (name, least) in limit.Object("min") ?? [])
        {
            CheckLeast(problems, type, name, least!.ToString(), Amount(requests, name), Amount(limits, name));
        }

        foreach (var (name, most) in limit.Object("max") ?? [])
        {
            CheckMost(problems, type, name, most!.ToString(), Amount(requests, name), Amount(limits, name));
        }

        foreach (var (name, ratio) in limit.Object("maxLimitRequestRatio") ?? [])
        {
            CheckRatio(problems, type, name, ratio!.ToString(), Amount(requests, name), Amount(limits, name));
        }
    }

    private static void CheckLeast(List<string> problems, string type, string name, string least, Quantity? request, Quantity? limit)
    {
        var bound = Quantity.Parse(least);
        if (request is null)
        {
            problems.Add($"minimum {name} usage per {type} is {least}.  No request is specified");
        }
        else if (request.Value.CompareTo(bound) < 0)
        {
            problems.Add($"minimum {name} usage per {type} is {least}, but request is {request}");
        }
        else if (limit is { } given && given.CompareTo(bound) < 0)
        {
            problems.Add($"minimum {name} usage per {type} is {least}, but limit is {limit}");
        }
    }

    private static void CheckMost(List<string> problems, string type, string name, string most, Quantity? request, Quantity? limit)
    {
        var bound = Quantity.Parse(most);
        if (limit is null)
        {
            problems.Add($"maximum {name} usage per {type} is {most}.  No limit is specified");
        }
        else if (limit.Value.CompareTo(bound) > 0)
        {
            problems.Add($"maximum {name} usage per {type} is {most}, but limit is {limit}");
        }
        else if (request is { } given && given.CompareTo(bound) > 0)
        {
            problems.Add($"maximum {name} usage per {type} is {most}, but request is {request}");
        }
    }

    private static void CheckRatio(List<string> problems, string type, string name, string most, Quantity? request, Quantity? limit)
    {
        if (request is not { Sign: > 0 } asked)
        {
            problems.Add($"{name} max limit to request ratio per {type} is {most}, but no request is specified or request is 0");
        }
        else if (limit is not { Sign: > 0 } given)
        {
            problems.Add($"{name} max limit to request ratio per {type} is {most}, but no limit is specified or limit is 0");
        }
        else
        {
            var actual = (double)given.Milli / (double)asked.Milli;
            if (actual > (double)Quantity.Parse(most).Milli / 1000)
            {
                problems.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{name} max limit to request ratio per {type} is {most}, but provided ratio is {actual:F6}"));
            }
        }
    }

    private static Quantity? Amount(JsonObject amounts, string name) =>
        amounts.TextOf(name) is { Length: > 0 } text && Quantity.TryParse(text, out var amount) ? amount : null;

    // A pod's amounts are those of its containers together.
    private static JsonObject Sum(JsonObject pod)
    {
        var sum = new JsonObject();
        foreach (var list in (string[])["requests", "limits"])
        {
            var totals = new JsonObject();
            foreach (var (name, amount) in Containers(pod).Where(c => c.Kind == "container").SelectMany(c => c.Container.Object("resources")?.Object(list) ?? []))
            {
                totals[name] = (Amount(totals, name) is { } before ? before + Quantity.Parse(amount!.ToString()) : Quantity.Parse(amount!.ToString())).ToString();
            }

            sum[list] = totals;
        }

        return sum;
    }
}
