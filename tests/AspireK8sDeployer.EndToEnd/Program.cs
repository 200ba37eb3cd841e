using AspireK8sDeployer.EndToEnd;
using AspireK8sDeployer.EndToEnd.Support;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The runner that xunit generates, and beside it what DeployingProcess starts: one deploy or delete, which a test can kill.
return args switch
{
    [DeployingProcess.Command, var order] => await DeployingProcess.RunAsync(order),
    _ when args.Any(arg => arg is "-automated" or "@@") => await ConsoleRunner.Run(args),
    _ => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
};
