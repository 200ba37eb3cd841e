using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

var builder = DistributedApplication.CreateBuilder(args);
var who = builder.AddParameter("who");

var api = builder.AddProject<Projects.Web_App>("api").WithHttpHealthCheck("/health").WithEnvironment("WHO", who);
var front = builder.AddProject<Projects.Web_App>("front").WithReference(api).WaitFor(api);
if (builder.Configuration["crash"] is { } code)
{
    api.WithArgs("--crash", code);
}

builder.Pipeline.AddStep("greet", async context =>
{
    context.Logger.LogInformation("Hello, {Who}", await who.Resource.GetValueAsync(context.CancellationToken));
    await using var task = await context.ReportingStep.CreateTaskAsync("Waving", context.CancellationToken);
    await task.SucceedAsync("Waved", context.CancellationToken);
    context.Summary.Add("Greeted", "yes");
}, dependsOn: "process-parameters");

builder.Pipeline.AddStep("break", context => throw new DistributedApplicationException("It broke.\n  → mend it"));

builder.Pipeline.AddStep("ask", async context =>
{
    var interaction = context.Services.GetRequiredService<IInteractionService>();
    var answer = await interaction.PromptNotificationAsync("Sure?", "Remove all?", cancellationToken: context.CancellationToken);
    context.Logger.LogInformation("{Answer}", answer.Canceled ? "canceled" : answer.Data ? "yes" : "no");
});

builder.Build().Run();
