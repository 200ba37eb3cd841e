using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.AspireStandIn.Tests.Pipelines;

/// <summary>Runs the pipeline of a model in this process, and keeps the order in which the steps ended.</summary>
internal sealed class PipelineRunner : IAsyncDisposable
{
    private readonly List<string> _ended = [];
    private DistributedApplication? _application;

    // Without saved state: a test must not leave any in the user's home.
    public PipelineRunner(params string[] arguments) =>
        Builder = DistributedApplication.CreateBuilder([.. arguments, "--operation", "publish", "--clear-cache", "true"]);

    public IDistributedApplicationBuilder Builder { get; }

    public IReadOnlyList<string> Ended => _ended;

    public void Add(string name, string? after = null, string? before = null, Func<PipelineStepContext, Task>? action = null) =>
        Builder.Pipeline.AddStep(
            name,
            async context =>
            {
                await (action?.Invoke(context) ?? Task.CompletedTask);
                lock (_ended)
                {
                    _ended.Add(name);
                }
            },
            after,
            before);

    public async Task RunAsync()
    {
        _application ??= Builder.Build();
        await Builder.Pipeline.ExecuteAsync(new PipelineContext(
            _application.Services.GetRequiredService<DistributedApplicationModel>(),
            Builder.ExecutionContext,
            _application.Services,
            NullLogger.Instance,
            TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;
}
