using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>A row of the failure catalogue that a cluster without luck brings about.</summary>
/// <param name="Name">What is wrong, in a few words.</param>
/// <param name="Reason">Its name in the catalogue.</param>
/// <param name="Proof">What one pod, event or Deployment says, in all these parts, once it is proven.</param>
internal sealed record FailureRow(string Name, string Reason, params string[] Proof)
{
    /// <summary>What is deployed instead of a program that works.</summary>
    public Func<Space, DeploymentSettings> Settings { get; init; } = space => space.Settings();

    /// <summary>What was deployed before, if anything.</summary>
    public Func<Space, DeploymentSettings>? Before { get; init; }

    /// <summary>What else is in the namespace.</summary>
    public IReadOnlyList<JsonObject> Objects { get; init; } = [];

    public IReadOnlyDictionary<string, string> NamespaceLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it may heal, and so is waited for until the time of the deploy is over.</summary>
    public bool MayHeal { get; init; }

    /// <summary>Whether it waits more than it works, so that it takes nobody's turn.</summary>
    public bool IsPatient { get; init; }

    /// <summary>Nothing of the program changed but its pod.</summary>
    public static Func<Space, DeploymentSettings> WithPod(Func<PodSettings, PodSettings> change) => space => space.Settings() with { Pod = change(space.Settings().Pod) };

    /// <summary>The program is replaced by a line of shell.</summary>
    public static Func<Space, DeploymentSettings> WithScript(string script, Func<DeploymentSettings, DeploymentSettings>? change = null) => space =>
    {
        var settings = space.Settings() with { Command = ["sh", "-c"], Args = [script] };
        return change is null ? settings : change(settings);
    };

    /// <summary>The rendered pod, changed as it is sent.</summary>
    public static Func<Space, DeploymentSettings> Configured(Action<V1PodSpec> change) => WithPod(pod => pod with { Configure = change });

    public override string ToString() => Name;
}
