using AspireK8sDeployer.Engine.Diagnose;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Tests.Diagnose;

/// <summary>Every cause that is known to keep a rollout from becoming ready, and its rule or the reason why there is none.</summary>
internal static class Catalogue
{
    private const string Service = """{"kind":"Service","metadata":{"name":"greeter"},"spec":{"clusterIP":"10.0.0.1","selector":{"app":"greeter"},"ports":[{"port":80,"targetPort":"web"}]}}""";

    public static readonly IReadOnlyList<CatalogueRow> Rows =
    [
        // Image
        Recorded("IMAGE_NOT_FOUND"),
        Recorded("IMAGE_UNAUTHORIZED"),
        Recorded("IMAGE_NETWORK"),
        Recorded("IMAGE_INVALID_NAME"),
        Recorded("IMAGE_NEVER"),
        ByStage("IMAGE_RATE_LIMIT", () => Staged.Waiting("ErrImagePull", "failed to pull: toomanyrequests: You have reached your pull rate limit")),
        ByStage("IMAGE_PLATFORM", () => Staged.Waiting("ErrImagePull", "failed to pull: no match for platform in manifest: not found")),
        ByStage("IMAGE_INSPECT", () => Staged.Waiting("ImageInspectError", "Failed to inspect image \"shop:1\": rpc error")),
        ByStage("IMAGE_SLOW", () => Staged.Waiting("ContainerCreating", "", "Pulling: Pulling image \"shop:1\"")),

        // Start and crash
        Recorded("CRASH_LOOP"),
        Recorded("CRASH_EXIT0"),
        Recorded("OOM_KILLED"),
        Recorded("KILLED_BY_LIVENESS"),
        Recorded("STARTUP_PROBE"),
        Recorded("CMD_NOT_FOUND"),
        Recorded("SIGNAL"),
        Recorded("INIT_FAILED"),
        Recorded("CFG_MISSING_SECRET"),
        Recorded("CFG_MISSING_KEY"),
        Recorded("CFG_RUN_AS_ROOT"),
        Recorded("CREATE_ERROR"),
        Recorded("MOUNT_SECRET"),
        Recorded("PVC_PENDING"),
        Told("SECCTX_PROC", "src/AspireK8sDeployer.Engine/Diagnose/LogRules.cs", "only the container's log tells"),
        ByStage("SANDBOX", () => Staged.Waiting("ContainerCreating", "", "FailedCreatePodSandBox: plugin type=\"calico\" failed (add)")),
        ByStage("MOUNT_OTHER", () => Staged.Waiting("ContainerCreating", "", "FailedAttachVolume: Multi-Attach error for volume \"pvc-1\" Volume is already used by pod(s) greeter-0")),

        // Probe and readiness
        Recorded("READINESS_FAILING"),
        Recorded("READINESS_GATE"),
        Recorded("NO_PROBE"),
        Recorded("OLD_PODS_TERMINATING"),
        Recorded("FINALIZER"),
        Told("MIN_READY", "src/AspireK8sDeployer.Engine/Wait/DeploymentReadiness.cs", "no cause but a state: said as how far the rollout is", "ready for less than"),
        ByStage("FLAPPING", Flapping),

        // Scheduling and nodes
        Recorded("SCHED_RESOURCES"),
        Recorded("SCHED_GPU"),
        Recorded("SCHED_AFFINITY"),
        Recorded("SCHED_POD_AFFINITY"),
        Recorded("SCHED_SPREAD"),
        Recorded("SCHED_PORTS"),
        Recorded("SCHED_SILENT"),
        Recorded("EVICTED"),
        ByStage("SCHED_TAINT", () => Staged.Unscheduled("0/5 nodes are available: 1 Insufficient cpu, 4 node(s) had untolerated taint {dedicated: gpu}. preemption: 0/5 nodes are available: 5 Preemption is not helpful for scheduling.")),
        ByStage("SCHED_VOLUME", () => Staged.Unscheduled("0/2 nodes are available: 2 node(s) had volume node affinity conflict.")),
        ByStage("SCHED_CORDONED", () => Staged.Unscheduled("0/2 nodes are available: 2 node(s) were unschedulable.")),
        ByStage("SCHED_NO_NODES", () => Staged.Unscheduled("no nodes available to schedule pods")),
        ByStage("SCHED_GATED", () => Staged.Pod("""{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated","message":"Scheduling is blocked"}]}""")),
        ByStage("AUTOSCALING", () => Staged.Unscheduled("0/2 nodes are available: 2 Insufficient cpu.", "TriggeredScaleUp: pod triggered scale-up: [{pool 1->2 (max: 5)}]")),
        ByStage("PREEMPTED", () => Staged.Pod("""{"phase":"Failed","conditions":[{"type":"DisruptionTarget","status":"True","reason":"PreemptionByScheduler","message":"default-scheduler: preempting to accommodate a higher priority pod"}]}""")),
        ByStage("NODE_LOST", () => Staged.Pod("""{"phase":"Running","conditions":[{"type":"Ready","status":"False","reason":"NodeStatusUnknown"}]}""")),
        ByStage("NODE_REJECTED", () => Staged.Pod("""{"phase":"Failed","reason":"NodeAffinity","message":"Pod was rejected: Predicate NodeAffinity failed"}""")),

        // Controllers and admission
        Recorded("QUOTA"),
        Recorded("QUOTA_MUST_SPECIFY"),
        Recorded("LIMITRANGE"),
        Recorded("PODSECURITY"),
        Recorded("POLICY_DENIED"),
        Recorded("WEBHOOK_DOWN"),
        Recorded("SA_MISSING"),
        Recorded("PRIORITY_MISSING"),
        Recorded("NS_TERMINATING"),
        ByStage("WEBHOOK_DENIED", () => Staged.Refused("admission webhook \"images.example.com\" denied the request: images must be signed")),
        ByStage("RUNTIMECLASS_MISSING", () => Staged.Refused("pods \"greeter-s-x1\" is forbidden: pod rejected: RuntimeClass \"gvisor\" not found")),
        ByStage("INVALID", () => Staged.Refused("Pod \"greeter-s-x1\" is invalid: spec.containers[0].image: Required value")),
        ByStage("CREATE_FAILED", () => Staged.Refused("pods \"greeter-s-x1\" is forbidden: something that nobody has seen before")),
        ByStage("SELECTOR_OVERLAP", Overlap),
        ByStage("CONTROLLER_DOWN", Unobserved),
        ByStage("DEADLINE_NO_CAUSE", Stalled),
        ByStage("DELETED_DURING_ROLLOUT", Gone),
        Told("STALE_RS_MESSAGE", "src/AspireK8sDeployer.Engine/Diagnose/AdmissionRules.cs", "no cause but a trap: the latest event is asked before the condition", "the latest event is asked first"),
        Told("PAUSED", "src/AspireK8sDeployer.Engine/Wait/RolloutWaiter.cs", "no failure: ends the wait with a warning", "(PAUSED)"),

        // Refused by the API
        Told("NS_NOT_FOUND", RejectionSource, "the namespace is made before"),
        Told("FORBIDDEN", RejectionSource, "all missing rights at once are the preflight's"),
        Told("UNAUTHENTICATED", RejectionSource, "from the status"),
        Told("API_MISSING", RejectionSource, "from the status"),
        Told("STRICT_FIELD", RejectionSource, "from the words"),
        Told("IMMUTABLE", RejectionSource, "from the words; predicted by the plan"),
        Told("CONFLICT", RejectionSource, "from the causes; who holds the field is the plan's"),
        Told("NODEPORT_TAKEN", RejectionSource, "from the words"),
        Told("TOO_LARGE", RejectionSource, "from the status or the words"),
        Told("DRYRUN_UNSUPPORTED", RejectionSource, "from the words"),
        Told("SERVER_DOWN", "src/AspireK8sDeployer.Engine/Cluster/ClusterErrors.cs", "no answer at all"),
        Told("TLS", "src/AspireK8sDeployer.Engine/Cluster/ClusterErrors.cs", "no answer at all"),
        Told("QUOTA_OBJECTS", RejectionSource, "from the words"),

        // Routing
        ByStage("SVC_SELECTOR_MISMATCH", () => Staged.Beside(Service.Replace("\"app\":\"greeter\"", "\"app\":\"greet\"", StringComparison.Ordinal), Slice("[]", "null"))),
        ByStage("SVC_TARGET_PORT", () => Staged.Beside(Service, Slice("""[{"addresses":["10.1.0.1"],"conditions":{"ready":true}}]""", "null"))),
        ByStage("SVC_NOT_READY", () => Staged.Beside(Service, Slice("""[{"addresses":["10.1.0.1"],"conditions":{"ready":false}}]""", """[{"port":8080}]"""))),
        Told("LB_PENDING", "src/AspireK8sDeployer.Engine/Endpoint/EndpointResolver.cs", "the endpoint's: a warning after the grace", "(LB_PENDING)"),
        Unknown("LB_CLASS", "what a class of load balancers does, its controller says nowhere: seen as LB_PENDING"),
        Unknown("INGRESS_NO_CLASS", "the endpoint says that there is no address, and how to list the classes (INGRESS_PENDING); a default class is the cluster's to know"),
        Told("INGRESS_CLASS_MISSING", "src/AspireK8sDeployer.Engine/Preflight/IngressClassCheck.cs", "before anything is applied", "is not there"),
        Told("INGRESS_NO_ADDRESS", "src/AspireK8sDeployer.Engine/Endpoint/FrontDoorResolver.cs", "the endpoint's, under this name: a warning after the grace", "INGRESS_PENDING"),
        Told("INGRESS_TLS_SECRET", "src/AspireK8sDeployer.Engine/Preflight/TlsSecretCheck.cs", "before anything is applied", "Secret"),
        Unknown("INGRESS_BACKEND", "our Ingress leads to our Service, which is applied before it"),
        Told("INGRESS_HOST_TAKEN", RejectionSource, "from the words of the controller's webhook; without one nobody refuses it"),
        ByStage("ROUTE_NOT_ACCEPTED", () => Staged.Beside(Route("""[{"type":"Accepted","status":"False","observedGeneration":2,"reason":"NotAllowedByListeners","message":"namespace not allowed"}]"""))),
        ByStage("ROUTE_REFS", () => Staged.Beside(Route("""[{"type":"Accepted","status":"True","observedGeneration":2},{"type":"ResolvedRefs","status":"False","observedGeneration":2,"reason":"BackendNotFound","message":"service greet not found"}]"""))),
        ByStage("ROUTE_NO_CONTROLLER", () => Staged.Beside("""{"kind":"HTTPRoute","metadata":{"name":"greeter","generation":2},"spec":{"parentRefs":[{"name":"front"}]}}""")),
        Told("GATEWAY", "src/AspireK8sDeployer.Engine/Endpoint/FrontDoorResolver.cs", "the endpoint's, under this name", "GATEWAY_PENDING"),
        Unknown("NETPOL_BLOCK", "a probe that is not answered does not say who dropped it"),

        // Scaling and disruption
        ByStage("HPA_NO_METRICS", () => Staged.Beside(Autoscaler("ScalingActive", "False", "FailedGetResourceMetric", "unable to fetch metrics"))),
        ByStage("HPA_FAILED_SCALE", () => Staged.Beside(Autoscaler("AbleToScale", "False", "FailedGetScale", "deployments.apps \\\"order\\\" not found"))),
        Told("HPA_TARGET", "src/AspireK8sDeployer.Engine/Diagnose/AutoscalingRules.cs", "under the name that the recordings have", "HPA_FAILED_SCALE"),
        ByStage("HPA_UPDATE", () => Staged.Beside(Autoscaler("AbleToScale", "False", "FailedUpdateScale", "forbidden"))),
        ByStage("HPA_AMBIGUOUS", () => Staged.Beside(Autoscaler("ScalingActive", "False", "AmbiguousSelector", "pods by selector are controlled by multiple HPAs"))),
        ByStage("HPA_SELECTOR", () => Staged.Beside(Autoscaler("ScalingActive", "False", "InvalidSelector", "the HPA target's scale is missing a selector"))),
        ByStage("HPA_LIMITED", () => Staged.Beside(Autoscaler("ScalingLimited", "True", "TooManyReplicas", "more than the maximum"))),
        ByStage("KEDA_NOT_READY", () => Staged.Beside("""{"kind":"ScaledObject","metadata":{"name":"greeter"},"status":{"conditions":[{"type":"Ready","status":"False","reason":"ScaledObjectCheckFailed","message":"secret not found"}]}}""")),
        ByStage("KEDA_FALLBACK", () => Staged.Beside("""{"kind":"ScaledObject","metadata":{"name":"greeter"},"status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Fallback","status":"True","reason":"FallbackExists","message":"prometheus does not answer"}]}}""")),
        Recorded("PDB_BLOCKS"),
        ByStage("PDB_OVERLAP", () => Staged.Beside("""{"kind":"PodDisruptionBudget","metadata":{"name":"greeter"},"status":{"conditions":[{"type":"DisruptionAllowed","status":"False","reason":"SyncFailed","message":"found no controllers for pod"}]}}""")),
        Told("DELETE_STUCK", "src/AspireK8sDeployer.Engine/Delete/DeletionWait.cs", "the delete's"),
        Told("NS_STUCK", "src/AspireK8sDeployer.Engine/Diagnose/NamespaceRules.cs", "as NS_TERMINATING, with what the conditions say holds it", "NS_TERMINATING"),
        Unknown("RS_QUOTA_ROLLBACK", "a roll back is a deploy: what it fails of is one of the others, and the first failure stays the one that is told"),

        // The user's own objects
        ByStage("JOB_FAILED", () => Staged.Beside("""{"kind":"Job","metadata":{"name":"load"},"status":{"conditions":[{"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"Job has reached the specified backoff limit"}]}}""")),
        ByStage("POD_FAILED", () => Staged.Beside("""{"kind":"Pod","metadata":{"name":"once"},"status":{"phase":"Failed","message":"gone"}}""")),
    ];

    private const string RejectionSource = "src/AspireK8sDeployer.Engine/Diagnose/RejectionRules.cs";

    private static CatalogueRow Recorded(string code) => new(code, "recorded") { IsRecorded = true };

    private static CatalogueRow ByStage(string code, Func<IReadOnlyList<Diagnosis>> stage) => new(code, "staged") { Stage = stage };

    private static CatalogueRow Told(string code, string source, string how, string? words = null) => new(code, how) { Source = $"{source}|{words ?? $"\"{code}\""}" };

    private static CatalogueRow Unknown(string code, string why) => new(code, why);

    private static string Slice(string endpoints, string ports) =>
        $$"""{"kind":"EndpointSlice","metadata":{"name":"greeter-s","labels":{"kubernetes.io/service-name":"greeter"} },"addressType":"IPv4","endpoints":{{endpoints}},"ports":{{ports}} }""";

    private static string Route(string conditions) =>
        $$"""{"kind":"HTTPRoute","metadata":{"name":"greeter","generation":2},"spec":{"parentRefs":[{"name":"front"}]},"status":{"parents":[{"conditions":{{conditions}} }]} }""";

    private static string Autoscaler(string type, string status, string reason, string message) =>
        $$"""{"kind":"HorizontalPodAutoscaler","metadata":{"name":"greeter"},"status":{"conditions":[{"type":"{{type}}","status":"{{status}}","reason":"{{reason}}","message":"{{message}}"}]} }""";

    private static IReadOnlyList<Diagnosis> Overlap() =>
        Diagnoser.Diagnose(Staged.Objects(null) with { Events = [Staged.Event("SelectingAll: This deployment is selecting all pods. A non-empty selector is required.", "deployment", "Deployment", "greeter")] }, Staged.Now);

    private static IReadOnlyList<Diagnosis> Unobserved()
    {
        var objects = Staged.Objects(Staged.Ready);
        objects.Deployment!.Metadata.Generation = 2;
        return Over(objects, TimeSpan.FromSeconds(31));
    }

    private static IReadOnlyList<Diagnosis> Stalled() => Over(Staged.Objects("""{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}]}"""), TimeSpan.FromMinutes(5));

    private static IReadOnlyList<Diagnosis> Gone()
    {
        var judge = new RolloutJudge(FailFast.Proof);
        judge.Judge(Staged.Objects(Staged.Ready), Staged.Now);
        var gone = new RolloutObjects { Deployment = null };
        judge.Judge(gone, Staged.Now);
        return judge.Judge(gone, Staged.Now.AddSeconds(10)).Causes;
    }

    private static IReadOnlyList<Diagnosis> Flapping()
    {
        var judge = new RolloutJudge(FailFast.Proof);
        var down = Staged.Objects("""{"phase":"Running","conditions":[{"type":"Ready","status":"False"}],"containerStatuses":[]}""");
        foreach (var seconds in new[] { 0, 20 })
        {
            judge.Judge(Staged.Objects(Staged.Ready), Staged.Now.AddSeconds(seconds));
            judge.Judge(down, Staged.Now.AddSeconds(seconds + 10));
        }

        return judge.Judge(down, Staged.Now.AddSeconds(31)).Causes;
    }

    private static IReadOnlyList<Diagnosis> Over(RolloutObjects objects, TimeSpan time)
    {
        var judge = new RolloutJudge(FailFast.Proof);
        judge.Judge(objects, Staged.Now);
        var verdict = judge.Judge(objects, Staged.Now + time);
        return verdict.Failure is { } failure ? [failure] : verdict.Causes;
    }
}
