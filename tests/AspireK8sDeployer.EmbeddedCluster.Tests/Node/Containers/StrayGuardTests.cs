using System.Diagnostics;
using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Containers;

public sealed class StrayGuardTests
{
    private const int User = 1654;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task NodeIsKilled_ItsContainersEndAndNoOthers()
    {
        var id = Guid.NewGuid().ToString("N");
        using var guard = System.Diagnostics.Process.Start(StrayGuard.Command(id))!;
        using var ours = StartMarked(id + "1");
        using var another = StartMarked(Guid.NewGuid().ToString("N"));
        try
        {
            guard.StandardInput.Close(); // as the end of the process that holds it does
            await ours.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
            await guard.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

            Assert.Equal((137, false), (ours.ExitCode, another.HasExited));
        }
        finally
        {
            guard.Kill();
            ours.Kill();
            another.Kill();
        }
    }

    /// <summary>A container's process; of a user of its own where this test may choose.</summary>
    private static System.Diagnostics.Process StartMarked(string containerId)
    {
        string[] user = Environment.IsPrivilegedProcess
            ? [HostTools.SetPriv!, "--reuid", User.ToString(CultureInfo.InvariantCulture), "--clear-groups"]
            : [];
        string[] command = [.. user, HostTools.Shell, "-c", "exec sleep 300"];
        var start = new ProcessStartInfo(command[0], command[1..]);
        var marker = ContainerRuntime.MarkerOf(containerId).Split('=');
        start.Environment[marker[0]] = marker[1];
        return System.Diagnostics.Process.Start(start)!;
    }
}
