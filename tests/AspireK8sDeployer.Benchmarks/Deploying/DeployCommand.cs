using System.CommandLine;
using System.Globalization;

namespace AspireK8sDeployer.Benchmarks.Deploying;

/// <summary>The command line of the benchmark.</summary>
internal static class DeployCommand
{
    public static Command Create()
    {
        var deployments = new Option<string>("--deployments") { Description = "How many deployments, a round each.", DefaultValueFactory = _ => "1,10,100,500" };
        var tools = new Option<string>("--tools") { Description = "Who deploys, ours first.", DefaultValueFactory = _ => "ours,kubectl,kubectl-each,helm" };
        var kubectl = new Option<string>("--kubectl") { Description = "The kubectl to compare with; the one on PATH without it.", DefaultValueFactory = _ => "kubectl" };
        var helm = new Option<string>("--helm") { Description = "The helm to compare with; the one on PATH without it.", DefaultValueFactory = _ => "helm" };
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "An API server that runs already; the embedded one without it." };
        var process = new Option<int?>("--server-process") { Description = "The process id of that server, whose CPU time is to be told." };
        var requests = new Option<string?>("--requests") { Description = "A folder in which every request of every deploy is listed." };
        var timeout = new Option<int>("--timeout") { Description = "How many minutes one deploy may take.", DefaultValueFactory = _ => 10 };
        var command = new Command("deploy", "Deploying many deployments, beside kubectl and helm, to the same API server.") { deployments, tools, kubectl, helm, kubeconfig, process, requests, timeout };
        command.SetAction((result, cancellationToken) => DeployBenchmark.RunAsync(
            new DeployOptions
            {
                Deployments = [.. result.GetValue(deployments)!.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))],
                Tools = result.GetValue(tools)!.Split(','),
                Kubectl = result.GetValue(kubectl)!,
                Helm = result.GetValue(helm)!,
                Kubeconfig = result.GetValue(kubeconfig),
                ServerProcess = result.GetValue(process),
                Requests = result.GetValue(requests),
                Timeout = TimeSpan.FromMinutes(result.GetValue(timeout)),
            },
            cancellationToken));
        return command;
    }
}
