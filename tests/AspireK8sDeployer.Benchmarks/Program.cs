using System.CommandLine;
using AspireK8sDeployer.Benchmarks.Publishing;

var deployments = new Option<int>("--deployments") { Description = "How many deployments are published.", DefaultValueFactory = _ => 1000 };
var helm = new Option<string>("--helm") { Description = "The helm to compare with; the one on PATH without it.", DefaultValueFactory = _ => "helm" };
var folder = new Option<string>("--folder") { Description = "Where files are written, and removed again.", DefaultValueFactory = _ => Path.GetTempPath() };
var publish = new Command("publish", "Publishing an AppHost of many deployments, beside 'helm template' of the same objects.") { deployments, helm, folder };
publish.SetAction((result, cancellationToken) => PublishBenchmark.RunAsync(result.GetValue(deployments), result.GetValue(helm)!, result.GetValue(folder)!, cancellationToken));

return await new RootCommand("Benchmarks: each prints ratios to a named peer, measured in the same run.") { publish }.Parse(args).InvokeAsync();
