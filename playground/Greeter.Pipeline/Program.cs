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
    /// <summary>Two steps; the first of them is a pair that runs in parallel.</summary>
    public static async Task<Greeting> GreetAsync([MinLength(1)] string name, PipelineRun run, string punctuation = "!")
    {
        var salutation = run.StepAsync("salutation", token => SalutationAsync(token));
        var letters = run.StepAsync("letters", token => Task.FromResult(name.Count(char.IsLetter)));
        await Task.WhenAll(salutation, letters);

        return await run.StepAsync("compose", token =>
            Task.FromResult(new Greeting($"{salutation.Result}, {name}{punctuation}", letters.Result)));
    }

    // Stands for a call of another service: it takes a moment, and can be cancelled.
    private static async Task<string> SalutationAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        return "Hello";
    }
}
