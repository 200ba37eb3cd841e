using System.CommandLine;
using System.Globalization;
using AspireK8sDeployer.Benchmarks.Deploying;
using AspireK8sDeployer.Benchmarks.Deploying.Tools;
using AspireK8sDeployer.Benchmarks.Publishing;
using AspireK8sDeployer.Benchmarks.Server;
using AspireK8sDeployer.Benchmarks.Server.Pods;

// The processes that 'deploy' starts of this program. What they do for the user ends with their input, not with Ctrl-C.
switch (args)
{
    case [EmbeddedServer.Command]:
        return await EmbeddedServer.ServeAsync();
    case [StandIn.Command, var server, var run]:
        return await StandIn.ServeAsync(server, run);
    case [OwnDeploy.Command, var server, var run, var @namespace, var count, var release, var times]:
        return await OwnDeploy.RunAsync(server, new Workload(run, @namespace, int.Parse(count, CultureInfo.InvariantCulture), release), times, CancellationToken.None);
}

var deployments = new Option<int>("--deployments") { Description = "How many deployments are published.", DefaultValueFactory = _ => 1000 };
var helm = new Option<string>("--helm") { Description = "The helm to compare with; the one on PATH without it.", DefaultValueFactory = _ => "helm" };
var folder = new Option<string>("--folder") { Description = "Where files are written, and removed again.", DefaultValueFactory = _ => Path.GetTempPath() };
var publish = new Command("publish", "Publishing an AppHost of many deployments, beside 'helm template' of the same objects.") { deployments, helm, folder };
publish.SetAction((result, cancellationToken) => PublishBenchmark.RunAsync(result.GetValue(deployments), result.GetValue(helm)!, result.GetValue(folder)!, cancellationToken));

// What was made in a cluster is taken away again before the program ends.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(6) };
return await new RootCommand("Benchmarks: each prints ratios to a named peer, measured in the same run.") { publish, DeployCommand.Create() }.Parse(args).InvokeAsync(configuration);
