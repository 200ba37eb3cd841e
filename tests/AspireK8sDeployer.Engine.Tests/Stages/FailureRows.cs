using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Every row of the failure catalogue that the embedded cluster can stage.</summary>
internal static class FailureRows
{
    private const string Obedient = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

    public static IReadOnlyList<FailureRow> All { get; } = [.. Images(), .. Crashes(), .. Probes(), .. Configuration(), .. Scheduling(), .. Admission()];

    private static IEnumerable<FailureRow> Images() =>
    [
        new("an image that was never pushed", "IMAGE_NOT_FOUND", "Failed to pull image", "\"count\":3", "not found")
        {
            Settings = space => space.Settings() with { Image = $"{space.Registry}/tests/nothing:1" },
        },
        new("an update to an image that was never pushed", "IMAGE_NOT_FOUND", "Failed to pull image", "\"count\":3", "not found")
        {
            Before = space => space.Settings(),
            Settings = space => space.Settings() with { Image = $"{space.Registry}/tests/web:2" },
        },
        new("an image that may not be pulled from its node", "IMAGE_NEVER", "\"reason\":\"ErrImageNeverPull\"")
        {
            Settings = space => space.Settings() with { Image = $"{space.Registry}/tests/absent:1", ImagePullPolicy = ImagePullPolicy.Never },
        },
        new("a registry that is not there", "IMAGE_NETWORK", "ImagePullBackOff", "connection refused")
        {
            Settings = space => space.Settings() with { Image = "127.0.0.1:9/tests/web:1", PullCredentials = null },
            MayHeal = true,
        },
    ];

    private static IEnumerable<FailureRow> Crashes() =>
    [
        new("a program that ends with an error", "CRASH_LOOP", "\"restartCount\":3", "CrashLoopBackOff", "\"exitCode\":3") { Settings = FailureRow.WithScript("echo 'fatal: no such table: orders' >&2; exit 3") },
        new("an update to a program that ends with an error", "CRASH_LOOP", "\"restartCount\":3", "CrashLoopBackOff", "\"exitCode\":3")
        {
            Before = space => space.Settings(),
            Settings = FailureRow.WithScript("echo 'fatal: no such table: orders' >&2; exit 3"),
        },
        new("a program that ends well", "CRASH_EXIT0", "\"restartCount\":3", "CrashLoopBackOff", "\"exitCode\":0") { Settings = FailureRow.WithScript("echo 120 rows imported") },
        new("a program that is killed by a signal", "SIGNAL", "\"restartCount\":3", "CrashLoopBackOff", "\"exitCode\":139") { Settings = FailureRow.WithScript("sh -c 'kill -SEGV $$$$'; exit $?") },
        new("a program that takes too much memory", "OOM_KILLED", "\"restartCount\":3", "CrashLoopBackOff", "OOMKilled")
        {
            Settings = FailureRow.WithScript("exec dd if=/dev/zero of=/dev/null bs=200M", settings => settings with { Resources = settings.Resources with { Memory = "32Mi" } }),
        },
        new("a program that is not in the image", "CMD_NOT_FOUND", "\"restartCount\":3", "StartError") { Settings = space => space.Settings() with { Command = ["uvicron"] } },
        new("a program that may not write where it does", "SECCTX_PROC", "\"restartCount\":3", "CrashLoopBackOff")
        {
            Settings = FailureRow.WithScript("echo \"cannot create /var/app.pid: Read-only file system\" >&2; exit 2"),
        },
        new("an init container that fails", "INIT_FAILED", "\"restartCount\":3", "CrashLoopBackOff", "\"name\":\"migrate\"")
        {
            Settings = space => FailureRow.WithPod(pod => pod with { InitContainers = [Sidecar(space, "migrate", "echo 'relation \"orders\" does not exist' >&2; exit 1")] })(space),
        },
        new("a sidecar that ends with an error", "CRASH_LOOP", "\"restartCount\":3", "CrashLoopBackOff", "\"name\":\"agent\"")
        {
            Settings = space => FailureRow.WithPod(pod => pod with { InitContainers = [NativeSidecar(space, "agent", "echo 'license expired' >&2; exit 2")] })(space),
        },
        new("a sidecar that runs for a while, and ends with an error", "CRASH_LOOP", "\"restartCount\":3", "CrashLoopBackOff", "\"name\":\"agent\"")
        {
            Settings = space => FailureRow.WithPod(pod => pod with { InitContainers = [NativeSidecar(space, "agent", "sleep 2; echo 'license expired' >&2; exit 2")] })(space),
        },
        new("a start hook that fails", "CREATE_ERROR", "FailedPostStartHook", "\"count\":4")
        {
            Settings = FailureRow.WithScript(Obedient, settings => settings with { Pod = settings.Pod with { Configure = pod => pod.Containers[0].Lifecycle = new() { PostStart = new() { Exec = new() { Command = ["sh", "-c", "exit 7"] } } } } }),
        },
    ];

    private static IEnumerable<FailureRow> Probes() =>
    [
        new("a readiness probe that is answered 404", "READINESS_FAILING", "Readiness probe failed", "404")
        {
            Settings = space => space.Settings() with { ReadinessProbe = new() { Path = "/nowhere", PeriodSeconds = 1 } },
            MayHeal = true,
        },
        // Ended as told, it ends well: what it ends with is no cause.
        new("a startup probe that is never answered", "STARTUP_PROBE", "failed startup probe", "\"count\":4")
        {
            Settings = FailureRow.WithScript(Obedient, settings => settings with { StartupProbe = new() { Path = "/nowhere", PeriodSeconds = 1, FailureThreshold = 1 } }),
        },
        new("a liveness probe that is never answered", "KILLED_BY_LIVENESS", "failed liveness probe", "\"count\":4")
        {
            Settings = FailureRow.WithScript(Obedient, settings => settings with
            {
                StartupProbe = new() { Enabled = false },
                LivenessProbe = new() { Path = "/nowhere", PeriodSeconds = 1, FailureThreshold = 1 },
            }),
        },
        new("a readiness gate that nobody opens", "READINESS_GATE", "ReadinessGatesNotReady")
        {
            Settings = space => FailureRow.Configured(pod => pod.ReadinessGates = [new V1PodReadinessGate { ConditionType = "example.com/lb" }])(space),
            MayHeal = true,
        },
    ];

    private static IEnumerable<FailureRow> Configuration() =>
    [
        Patient("a Secret that is not there", "CFG_MISSING_SECRET", pod => pod with { Env = [FromSecret("db", "password")] }, "\"reason\":\"Failed\"", "\"count\":4", "secret \\\"db\\\" not found"),
        Patient("a key that the Secret has not", "CFG_MISSING_KEY", pod => pod with { Env = [FromSecret("db", "password")] }, "\"reason\":\"Failed\"", "\"count\":4", "couldn't find key") with
        {
            Objects = [StagedFailure.Object("v1", "Secret", "db", ("data", new JsonObject { ["user"] = "eA==" }))],
        },
        Patient("a ConfigMap that is not there", "CFG_MISSING_SECRET", pod => pod with { EnvFrom = [new V1EnvFromSource { ConfigMapRef = new() { Name = "features" } }] }, "\"reason\":\"Failed\"", "\"count\":4", "configmap"),
        new("a pod that must not run as root, and does", "CFG_RUN_AS_ROOT", "CreateContainerConfigError", "image will run as root")
        {
            Settings = space => space.Settings() with { Image = $"{space.Registry}/tests/root:1" },
        },
        Patient("a Secret to mount that is not there", "MOUNT_SECRET", pod => pod with { Volumes = [new V1Volume { Name = "tls", Secret = new() { SecretName = "tls" } }], VolumeMounts = [new V1VolumeMount { Name = "tls", MountPath = "/tls" }] }, "FailedMount", "\"count\":7"),
        Healing("a claim that is not there", "PVC_PENDING", pod => pod with { Volumes = [new V1Volume { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }], VolumeMounts = [new V1VolumeMount { Name = "data", MountPath = "/data" }] }, "persistentvolumeclaim"),
        new("a service account that is not there", "SA_MISSING", "FailedCreate", "\"count\":13", "error looking up service account")
        {
            Settings = space => space.Settings() with { ServiceAccount = new() { Name = "nobody" } },
            IsPatient = true,
        },
        new("a priority class that is not there", "PRIORITY_MISSING", "no PriorityClass") { Settings = FailureRow.WithPod(pod => pod with { PriorityClassName = "important" }) },
    ];

    private static IEnumerable<FailureRow> Scheduling() =>
    [
        Healing("more processors than any node has", "SCHED_RESOURCES", "Unschedulable", "Insufficient cpu") with
        {
            Settings = space => space.Settings() with { Resources = space.Settings().Resources with { Cpu = 1000 } },
        },
        Healing("more memory than any node has", "SCHED_RESOURCES", "Unschedulable", "Insufficient memory") with
        {
            Settings = space => space.Settings() with { Resources = space.Settings().Resources with { Memory = "900Ti" } },
        },
        Healing("a graphics card that no node has", "SCHED_GPU", "Unschedulable", "nvidia.com/gpu") with
        {
            Settings = space => space.Settings() with { Resources = space.Settings().Resources with { Gpu = 1 } },
        },
        Healing("a label that no node has", "SCHED_AFFINITY", pod => pod with { NodeSelectors = new Dictionary<string, string> { ["pool"] = "fast" } }, "Unschedulable", "affinity/selector"),
        Healing("a scheduling gate that nobody opens", "SCHED_GATED", pod => pod with { Configure = spec => spec.SchedulingGates = [new V1PodSchedulingGate { Name = "example.com/quota" }] }, "\"reason\":\"SchedulingGated\""),
        Healing("two replicas that must not share the only node", "SCHED_POD_AFFINITY", pod => pod with
        {
            Affinity = new V1Affinity
            {
                PodAntiAffinity = new()
                {
                    RequiredDuringSchedulingIgnoredDuringExecution =
                    [
                        new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "greeter" } } },
                    ],
                },
            },
        }, "Unschedulable", "anti-affinity") with
        {
            Before = space => space.Settings(),
        },
        Healing("a scheduler that is not there", "SCHED_SILENT", pod => pod with { SchedulerName = "mine" }, "\"pod-template-hash\"", "\"schedulerName\":\"mine\""),
        Healing("a spread over a label that no node has", "SCHED_SPREAD", pod => pod with
        {
            TopologySpread =
            [
                new V1TopologySpreadConstraint
                {
                    MaxSkew = 1, TopologyKey = "rack", WhenUnsatisfiable = "DoNotSchedule",
                    LabelSelector = new() { MatchLabels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "greeter" } },
                },
            ],
        }, "Unschedulable", "topology spread"),
    ];

    private static IEnumerable<FailureRow> Admission() =>
    [
        Healing("a quota that is used up", "QUOTA", "exceeded quota") with
        {
            Objects = [StagedFailure.Object("v1", "ResourceQuota", "team", ("spec", new JsonObject { ["hard"] = new JsonObject { ["pods"] = "0" } }))],
            Settings = space => space.Settings(),
        },
        new("a quota that wants limits", "QUOTA_MUST_SPECIFY", "must specify")
        {
            Objects = [StagedFailure.Object("v1", "ResourceQuota", "team", ("spec", new JsonObject { ["hard"] = new JsonObject { ["limits.ephemeral-storage"] = "1Gi" } }))],
        },
        new("a limit that is too high", "LIMITRANGE", "maximum memory usage")
        {
            Objects = [StagedFailure.Object("v1", "LimitRange", "team", ("spec", new JsonObject
            {
                ["limits"] = new JsonArray(new JsonObject { ["type"] = "Container", ["max"] = new JsonObject { ["memory"] = "16Mi" } }),
            }))],
        },
        new("a pod that the namespace's rules forbid", "PODSECURITY", "violates PodSecurity")
        {
            NamespaceLabels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = "restricted" },
            Settings = FailureRow.Configured(pod => (pod.Containers[0].SecurityContext ??= new()).AllowPrivilegeEscalation = true),
        },
    ];

    private static FailureRow Healing(string name, string reason, params string[] proof) => new(name, reason, proof) { MayHeal = true };

    private static FailureRow Healing(string name, string reason, Func<PodSettings, PodSettings> change, params string[] proof) => Patient(name, reason, change, proof) with { MayHeal = true };

    private static FailureRow Patient(string name, string reason, Func<PodSettings, PodSettings> change, params string[] proof) => new(name, reason, proof)
    {
        Settings = space => FailureRow.WithPod(change)(space),
        IsPatient = true,
    };

    private static V1EnvVar FromSecret(string name, string key) =>
        new() { Name = "DB_PASSWORD", ValueFrom = new() { SecretKeyRef = new() { Name = name, Key = key } } };

    private static V1Container NativeSidecar(Space space, string name, string script)
    {
        var sidecar = Sidecar(space, name, script);
        sidecar.RestartPolicy = "Always";
        return sidecar;
    }

    private static V1Container Sidecar(Space space, string name, string script) =>
        new() { Name = name, Image = space.Settings().Image, Command = ["sh", "-c", script] };
}
