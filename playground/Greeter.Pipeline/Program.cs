using System.ComponentModel.DataAnnotations;
using AspireK8sDeployer.Serving;

var builder = WebApplication.CreateBuilder(args);
builder.AddPipelines();

var app = builder.Build();
app.MapPipeline("greeter", Greeter.GreetAsync);
app.Run();

internal sealed record Greeting(string Text, int Letters);

internal static class Greeter
{
    public static async Task<Greeting> GreetAsync([MinLength(1)] string name, PipelineRun run, string punctuation = "!")
    {
        // Two steps at the same time, and one that needs both.
        var salutation = run.StepAsync("salutation", SalutationAsync);
        var letters = run.StepAsync("letters", () => Task.FromResult(name.Count(char.IsLetter)));
        await Task.WhenAll(salutation, letters);

        return await run.StepAsync("compose", async () => new Greeting($"{await salutation}, {name}{punctuation}", await letters));
    }

    // Stands for a call of another service: it takes a moment, and can be cancelled.
    private static async Task<string> SalutationAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        return "Hello";
    }
}
