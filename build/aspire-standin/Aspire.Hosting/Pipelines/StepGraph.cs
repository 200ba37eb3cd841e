namespace Aspire.Hosting.Pipelines;

/// <summary>The order of steps. Pure: names in, names out.</summary>
internal static class StepGraph
{
    /// <summary>Checks the names, and turns every "required by" into the "depends on" that it means.</summary>
    public static Dictionary<string, PipelineStep> Resolve(IReadOnlyList<PipelineStep> steps)
    {
        var byName = new Dictionary<string, PipelineStep>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (!byName.TryAdd(step.Name, step))
            {
                throw new InvalidOperationException($"There are two steps named '{step.Name}'.");
            }
        }

        foreach (var step in steps)
        {
            if (step.DependsOnSteps.Find(name => !byName.ContainsKey(name)) is { } missing)
            {
                throw new InvalidOperationException($"The step '{step.Name}' depends on '{missing}', which does not exist.");
            }

            foreach (var name in step.RequiredBySteps)
            {
                var dependent = byName.GetValueOrDefault(name)
                    ?? throw new InvalidOperationException($"The step '{step.Name}' is required by '{name}', which does not exist.");
                if (!dependent.DependsOnSteps.Contains(step.Name))
                {
                    dependent.DependsOnSteps.Add(step.Name);
                }
            }
        }

        return byName;
    }

    /// <summary>The step and all that it needs, each after what it depends on; all steps when none is named.</summary>
    public static List<PipelineStep> Closure(Dictionary<string, PipelineStep> steps, string? target)
    {
        if (!string.IsNullOrWhiteSpace(target) && !steps.ContainsKey(target))
        {
            throw new InvalidOperationException($"There is no step '{target}'. The steps are: {string.Join(", ", steps.Keys.Order(StringComparer.Ordinal))}.");
        }

        var ordered = new List<PipelineStep>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var name in string.IsNullOrWhiteSpace(target) ? [.. steps.Keys] : (string[])[target])
        {
            Visit(name);
        }

        return ordered;

        void Visit(string name)
        {
            if (done.Contains(name))
            {
                return;
            }

            var seenAt = path.IndexOf(name);
            if (seenAt >= 0)
            {
                throw new InvalidOperationException($"Steps depend on one another in a circle: {string.Join(" → ", path.Skip(seenAt).Append(name))}.");
            }

            path.Add(name);
            steps[name].DependsOnSteps.ForEach(Visit);
            path.RemoveAt(path.Count - 1);
            done.Add(name);
            ordered.Add(steps[name]);
        }
    }
}
