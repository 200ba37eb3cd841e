using AspireK8sDeployer.EmbeddedCluster.Process;

return await CommandLine.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
