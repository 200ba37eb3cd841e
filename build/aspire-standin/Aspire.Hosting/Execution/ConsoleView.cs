using System.Globalization;
using Aspire.Hosting.Backchannel;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Execution;

/// <summary>Shows the pipeline on the console, when no CLI does: a line for everything that happens, with its time and its step.</summary>
internal sealed class ConsoleView(ActivityReporter activities, BackchannelServer backchannel, TimeProvider time) : BackgroundService
{
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, string> _steps = [];
    private readonly HashSet<string> _loud = [];
    private readonly List<string> _failed = [];

    /// <summary>Ends when the last line is written.</summary>
    public Task Completed => _completed.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (backchannel.IsExpected)
        {
            return;
        }

        // Not ended by the host's stop: what was reported before it is still to be shown.
        await foreach (var activity in activities.Activities.ReadAllAsync(CancellationToken.None))
        {
            Show(activity.Type, activity.Data);
            if (activity.Type == PublishingActivity.PublishComplete)
            {
                _completed.TrySetResult();
                return;
            }
        }
    }

    private void Show(string type, PublishingActivityData data)
    {
        switch (type)
        {
            case PublishingActivity.Step when _steps.TryAdd(data.Id, data.StatusText):
                break;
            case PublishingActivity.Step when data.IsError || data.IsWarning || _loud.Contains(data.Id):
                Line(data.Id, Mark(data), data.StatusText);
                if (data.IsError)
                {
                    _failed.Add(_steps[data.Id]);
                }

                break;
            case PublishingActivity.Task:
                Line(data.StepId!, data.IsComplete ? Mark(data) : "→", data.CompletionMessage is { Length: > 0 } message ? message : data.StatusText);
                break;
            case PublishingActivity.Log:
                Line(data.StepId!, data.LogLevel is "Error" or "Critical" ? "✗" : data.LogLevel is "Warning" ? "!" : "→", data.StatusText);
                break;
            case PublishingActivity.PublishComplete:
                ShowEnd(data);
                break;
            default:
                break;
        }
    }

    private void Line(string stepId, string mark, string text)
    {
        _loud.Add(stepId);
        var now = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var prefix = $"{now} ({_steps.GetValueOrDefault(stepId, stepId)}) {mark} ";
        var indent = Environment.NewLine + new string(' ', prefix.Length);
        Console.WriteLine(prefix + text.TrimEnd().ReplaceLineEndings(indent));
    }

    // The summary is for the CLI, as in Aspire; and why a step failed has been said where it did.
    private void ShowEnd(PublishingActivityData data)
    {
        var text = data.IsError && _failed.Count > 0 ? $"Pipeline failed: {string.Join(", ", _failed)}" : data.StatusText;
        Console.WriteLine();
        Console.WriteLine($"{Mark(data)} {text}");
    }

    private static string Mark(PublishingActivityData data) => data.IsError ? "✗" : data.IsWarning ? "!" : "✓";
}
