using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using AspireK8sDeployer.Engine.Rbac;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>
/// What becomes of a deploy without any one of the rights of its Role, by an account that has all the others and nothing
/// else: the whole table is the file beside this one.
/// </summary>
public partial class MissingRightTests(ClusterFixture cluster)
{
    // Those of a list that nothing is said about for want of it, and so until the time is over.
    private static readonly string[] WithoutWord = ["pods: list", "replicasets.apps: list"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutOneRight_ADeployFailsNamingIt_OrSaysLess()
    {
        await using var any = await cluster.CreateSpaceAsync();
        var rights = RequiredPermissions.Of(GrantedRights.Everything(any)).Select(item => Line(item, any)).ToList();
        var outcomes = new ConcurrentDictionary<string, (RequiredPermission Right, string Outcome)>();

        await Parallel.ForEachAsync(rights, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation }, async (line, _) =>
        {
            await using var space = await cluster.CreateSpaceAsync();
            var all = RequiredPermissions.Of(GrantedRights.Everything(space));
            var missing = all.Single(item => Line(item, space) == line);
            await space.GrantAsync(all.Except([missing]));
            outcomes[line] = (missing, Plain(await OutcomeAsync(space, line), space));
        });

        Snapshot.Matches(string.Concat(rights.Select(line => $"## without {line}\n{outcomes[line].Outcome}\n\n")), "MissingRights.txt");
        // The table has the words; this must hold whatever they are: what a deploy cannot do without is named.
        var unnamed = outcomes.Values.Where(item => item.Right.Without is null && !item.Outcome.Contains(Refusal(item.Right), StringComparison.Ordinal));
        Assert.Equal(["replicasets.apps: list"], unnamed.Select(item => Line(item.Right, any)));
    }

    [Fact]
    public async Task WithAllRights_TheSameStepsSucceed()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.GrantAsync(RequiredPermissions.Of(GrantedRights.Everything(space)));

        var outcomes = new List<string>();
        foreach (var line in (string[])["services 'greeter': delete", "leases.coordination.k8s.io 'aspire-k8s.greeter': update", "pods: watch"])
        {
            outcomes.Add(Plain(await OutcomeAsync(space, line), space));
        }

        Assert.Equal(
            [
                "deploys\nremoves",
                "deploys\ndeploys again",
                """
                does not deploy: K8SD401: Deployment/NAMESPACE/greeter does not become ready: 1 old replica is not replaced yet; pod greeter-HASH: container greeter ends with exit code 3 (…)
                  | cannot start
                  the version before still serves, with 1 of 1 replicas
                  → correct what its log says, and deploy again
                """,
            ],
            outcomes);
    }

    // What uses the right: to delete, a removal; to update the lock, the second deploy; to explain, a failure; all else the first deploy.
    private static async Task<string> OutcomeAsync(Space space, string right)
    {
        using var engine = space.EngineWith(await space.TokenAsync("deployer"));
        var settings = GrantedRights.Everything(space);
        List<(string Name, Func<Task> Do)> steps = [("deploy", () => engine.DeployAsync(ToDeploy(settings, right), null, Cancellation))];
        if (right.EndsWith(": delete", StringComparison.Ordinal))
        {
            steps.Add(("remove", () => engine.DeleteAsync(settings.Identity, null, Cancellation)));
        }
        else if (right.StartsWith("leases", StringComparison.Ordinal) && right.EndsWith(": update", StringComparison.Ordinal))
        {
            steps.Add(("deploy again", () => engine.DeployAsync(settings with { Environment = new Dictionary<string, string> { ["LEVEL"] = "2" } }, null, Cancellation)));
        }

        var said = new List<string>();
        foreach (var (name, step) in steps)
        {
            try
            {
                await step();
                said.Add(name.Replace("deploy", "deploys", StringComparison.Ordinal).Replace("remove", "removes", StringComparison.Ordinal));
            }
            catch (DeploymentException failure)
            {
                said.Add($"does not {name}: {failure.Message}");
                break;
            }
        }

        return string.Join('\n', said);
    }

    private static DeploymentSettings ToDeploy(DeploymentSettings settings, string right) => Explaining().IsMatch(right)
        ? settings with
        {
            Environment = new Dictionary<string, string> { ["FAIL_AT_START"] = "3" },
            DeployTimeout = WithoutWord.Contains(right) ? TimeSpan.FromSeconds(4) : settings.DeployTimeout,
        }
        : settings;

    private static string Refusal(RequiredPermission missing) => missing.Permission is { Verb: "bind" }
        ? "is attempting to grant RBAC permissions not currently held"
        : $"cannot {missing.Permission.Verb} resource \"{missing.Permission.Resource}\"";

    private static string Line(RequiredPermission right, Space space) => Plain(
        $"{right.Permission.Target}{(right.Permission.Name is { } name ? $" '{name}'" : "")}: {right.Permission.Verb}", space);

    // How often a container has started, whether its pods are counted yet, and which of two Secrets is refused first, depends on
    // when one looks.
    private static string Plain(string text, Space space) => Moment().Replace(
        MadeUp().Replace(Either().Replace(text, "greeter-SECRET").Replace(space.Name, "NAMESPACE", StringComparison.Ordinal).Replace(space.Server.ToString(), "SERVER", StringComparison.Ordinal), "HASH"),
        "…");

    [GeneratedRegex("^(pods|pods/log|replicasets.apps|events): ")]
    private static partial Regex Explaining();

    [GeneratedRegex(@"[0-9]+ of [0-9]+ replicas (updated|available)|[0-9]+ restarts?")]
    private static partial Regex Moment();

    [GeneratedRegex("greeter-(env|pull)-[0-9a-f]{10}")]
    private static partial Regex Either();

    [GeneratedRegex(@"(?<=-)[0-9a-f]{8,10}(-[0-9a-z]{5})?\b")]
    private static partial Regex MadeUp();
}
