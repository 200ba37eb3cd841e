using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Whether the Gateways take an HTTPRoute. Each of them says so in a place of its own.</summary>
/// <remarks>
/// Never a failure of the rollout: the Gateway is often another team's, and the pipeline is reached inside of the cluster all
/// the same. The endpoint stage says where.
/// </remarks>
internal static class RouteRules
{
    public static SideState Of(JsonObject route, bool servicesAreReady)
    {
        var item = $"HTTPRoute/{route["metadata"]?["name"]}";
        var generation = (long?)route["metadata"]?["generation"];
        var parents = (route["status"]?["parents"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var wanted = (route["spec"]?["parentRefs"] as JsonArray ?? []).Count;
        if (parents.Count < wanted)
        {
            return SideState.Of(Waits("ROUTE_NO_CONTROLLER", item, "no Gateway has answered it", "see whether the Gateway is there, and a controller for its class", "status.parents is empty"));
        }

        foreach (var conditions in parents.Select(parent => parent["conditions"]))
        {
            var accepted = Conditions.Find(conditions, "Accepted", generation);
            var resolved = Conditions.Find(conditions, "ResolvedRefs", generation);
            if (Conditions.Is(accepted, "False"))
            {
                return SideState.Of(Waits("ROUTE_NOT_ACCEPTED", item, $"the Gateway does not accept it: {Conditions.Words(accepted!)}", FixOf(accepted!), "status.parents[].conditions[Accepted]"));
            }

            // That a Service is not known is normal for a moment.
            if (Conditions.Is(resolved, "False") && servicesAreReady)
            {
                return SideState.Of(Waits("ROUTE_REFS", item, $"the Gateway does not find what it leads to: {Conditions.Words(resolved!)}", FixOf(resolved!), "status.parents[].conditions[ResolvedRefs]"));
            }

            if (!Conditions.Is(accepted, "True") || !Conditions.Is(resolved, "True"))
            {
                return SideState.Of(Waits("ROUTE_NO_CONTROLLER", item, "its Gateway has not looked at it yet", "see whether a controller for the Gateway's class runs", "status.parents[].conditions"));
            }
        }

        return SideState.Ready(item);
    }

    private static Diagnosis Waits(string code, string item, string problem, string fix, string evidence) =>
        new(code, FailureClass.Waits, problem, fix) { Object = item, Evidence = evidence };

    private static string FixOf(JsonObject condition) => (string?)condition["reason"] switch
    {
        "NotAllowedByListeners" => "have the Gateway's listener allow routes of this namespace (allowedRoutes)",
        "NoMatchingListenerHostname" => "use a host that a listener of the Gateway has, with .WithGateway(g => g.Host = \"…\")",
        "NoMatchingParent" => "correct the listener's name or port",
        "RefNotPermitted" => "a ReferenceGrant in the other namespace has to allow it",
        "BackendNotFound" => "correct the name of the Service",
        _ => "see 'kubectl describe httproute'",
    };
}
