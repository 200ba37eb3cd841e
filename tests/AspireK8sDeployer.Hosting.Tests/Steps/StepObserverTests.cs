using Aspire.Hosting;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Steps;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public sealed class StepObserverTests : IDisposable
{
    [Fact]
    public async Task AFailure_IsShownAsItIs_AndEndsInANonZeroExitCode()
    {
        var step = StepObserver.Observe(_ => throw new DeploymentException("K8SD401", "wait", "it did not start", "look at its log"));

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => step(null!));

        Assert.Equal(("K8SD401: it did not start\n  → look at its log", 3), (failure.Message, Environment.ExitCode));
    }

    [Fact]
    public async Task AnUnexpectedFailure_EndsInANonZeroExitCodeToo()
    {
        var step = StepObserver.Observe(_ => throw new InvalidOperationException("a bug"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => step(null!));

        Assert.Equal(1, Environment.ExitCode);
    }

    public void Dispose() => Environment.ExitCode = 0;
}
