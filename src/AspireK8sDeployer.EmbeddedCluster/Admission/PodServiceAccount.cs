using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>Every pod runs as a service account that exists; its token is mounted unless somebody says no.</summary>
internal sealed class PodServiceAccount(ObjectStore store, ResourceTable table, Func<IClusterApi> api) : IAdmissionPlugin
{
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string DefaultName = "default";
    private const string VolumePrefix = "kube-api-access-";

    // A second more than an hour and a minute: how the kubelet tells tokens that it may warn about.
    private const int TokenSeconds = 3607;

    private readonly ResourceDefinition _accounts = table.Kind("v1", "ServiceAccount");

    public void Mutate(AdmissionRequest request)
    {
        if (request is not { Operation: AdmissionOperation.Create, IsMain: true, Object: { } pod } || !request.IsCore("Pod"))
        {
            return;
        }

        var spec = pod.ObjectOrNew("spec");
        if (spec.TextOf("serviceAccountName").Length == 0)
        {
            spec["serviceAccountName"] = DefaultName;
        }

        var name = spec.TextOf("serviceAccountName");
        spec["serviceAccount"] = name;
        var account = store.Get(_accounts, request.Write.Namespace, name)?.ToJsonObject();
        if (account is null && name == DefaultName)
        {
            // A namespace gets this one a moment after it is made; a pod that comes first need not wait for the controller.
            account = api().Create(
                _accounts,
                new JsonObject { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = request.Write.Namespace } },
                "kube-controller-manager");
        }

        if (account is null)
        {
            throw ApiException.Forbidden(
                request.Write.Resource,
                request.EarlyName,
                $"error looking up service account {request.Write.Namespace}/{name}: serviceaccount \"{name}\" not found");
        }

        if (spec["automountServiceAccountToken"].AsFlag() ?? account["automountServiceAccountToken"].AsFlag() ?? true)
        {
            Mount(spec);
        }

        if (spec.Array("imagePullSecrets") is not { Count: > 0 } && account.Array("imagePullSecrets") is { Count: > 0 } secrets)
        {
            spec["imagePullSecrets"] = secrets.DeepClone();
        }
    }

    private static void Mount(JsonObject spec)
    {
        var containers = spec.Objects("initContainers").Concat(spec.Objects("containers"))
            .Where(container => !container.Objects("volumeMounts").Any(mount => mount.TextOf("mountPath") == MountPath)).ToList();
        if (containers.Count == 0)
        {
            return;
        }

        // A volume that the client prepared itself is used as it is.
        var volume = spec.Objects("volumes").Select(v => v.TextOf("name")).FirstOrDefault(n => n.StartsWith(VolumePrefix, StringComparison.Ordinal));
        if (volume is null)
        {
            volume = GeneratedNames.For(VolumePrefix);
            Append(spec, "volumes", TokenVolume(volume));
        }

        foreach (var container in containers)
        {
            Append(container, "volumeMounts", new JsonObject { ["name"] = volume, ["readOnly"] = true, ["mountPath"] = MountPath });
        }
    }

    private static JsonObject TokenVolume(string name) => new()
    {
        ["name"] = name,
        ["projected"] = new JsonObject
        {
            ["sources"] = new JsonArray(
                new JsonObject { ["serviceAccountToken"] = new JsonObject { ["expirationSeconds"] = TokenSeconds, ["path"] = "token" } },
                new JsonObject
                {
                    ["configMap"] = new JsonObject
                    {
                        ["name"] = "kube-root-ca.crt",
                        ["items"] = new JsonArray(new JsonObject { ["key"] = "ca.crt", ["path"] = "ca.crt" }),
                    },
                },
                new JsonObject
                {
                    ["downwardAPI"] = new JsonObject
                    {
                        ["items"] = new JsonArray(new JsonObject
                        {
                            ["path"] = "namespace",
                            ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.namespace" },
                        }),
                    },
                }),
            ["defaultMode"] = 420,
        },
    };

    private static void Append(JsonObject obj, string list, JsonObject item)
    {
        if (obj[list] is not JsonArray array)
        {
            array = [];
            obj[list] = array;
        }

        array.Add((JsonNode)item);
    }
}
