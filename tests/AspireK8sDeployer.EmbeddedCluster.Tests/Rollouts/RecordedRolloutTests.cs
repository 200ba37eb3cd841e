namespace AspireK8sDeployer.EmbeddedCluster.Tests.Rollouts;

/// <summary>
/// Recorded rollouts, staged on the embedded cluster by their real causes: it goes through the states that a real one went
/// through, with the same reasons and texts, in the same order.
/// </summary>
public sealed class RecordedRolloutTests(RolloutStage stage) : IClassFixture<RolloutStage>
{
    public static TheoryData<string> Names => [.. RecordedRollout.Names.Where(name => StagedRollouts.Groups.Contains(name.Split('/')[0]) && !StagedRollouts.Missing.ContainsKey(name))];

    [Fact]
    public async Task EveryRecordedRollout_IsStagedAsItWas()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var differences = await Task.WhenAll(Names.Select(async row =>
        {
            var recorded = RecordedRollout.Load(row.Data, StagedRollouts.Change(row.Data, stage.PrivatePort));
            var all = recorded.Facts();
            var texts = all.Select(fact => fact.Fact).ToHashSet();
            var expected = all.Where(fact => !StagedRollouts.IsByChance(recorded, fact.Fact, texts)).ToList();
            var began = TimeProvider.System.GetTimestamp();
            var seen = await stage.PlayAsync(recorded, expected, cancellation);
            TestContext.Current.TestOutputHelper?.WriteLine($"{row.Data}: {expected.Count} facts, {all.Count - expected.Count} by chance, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
            return Compare(recorded.Name, expected, seen);
        }));

        var different = differences.Where(difference => difference.Length > 0).ToList();
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    /// <summary>Everything recorded must be seen; what a container went through also in the recorded order.</summary>
    private static string Compare(string name, IReadOnlyList<(double Seconds, string Fact)> expected, IReadOnlyList<string> seen)
    {
        var missing = expected.Where(fact => !seen.Contains(fact.Fact)).ToList();
        if (missing.Count > 0)
        {
            var others = seen.Where(fact => expected.All(e => e.Fact != fact));
            return $"{name}\n{string.Join('\n', missing.Select(fact => $"  missing {fact.Fact}"))}\n{string.Join('\n', others.Select(fact => $"  instead {fact}"))}";
        }

        var states = expected.Where(fact => fact.Fact.StartsWith("container ", StringComparison.Ordinal) && !fact.Fact.Contains(" last ", StringComparison.Ordinal) && !IsOfABeginning(fact.Fact)).ToList();
        var late = states.Where(fact => states.Any(other => other.Seconds > fact.Seconds && !(IsOfCrashes(fact.Fact) && IsOfCrashes(other.Fact)) && IndexOf(other.Fact) < IndexOf(fact.Fact))).ToList();
        return late.Count == 0 ? "" : $"{name}\n{string.Join('\n', late.Select(fact => $"  too late {fact.Fact}"))}\n  seen: {string.Join(" | ", seen.Where(fact => states.Any(state => state.Fact == fact)))}";

        // A recording is a sample of what comes round and round: it may have caught the second time first.
        static bool IsOfCrashes(string fact) =>
            fact.Contains(" running", StringComparison.Ordinal) || fact.Contains(" terminated ", StringComparison.Ordinal) || fact.Contains("CrashLoopBackOff", StringComparison.Ordinal)
            || fact.Contains("RunContainerError", StringComparison.Ordinal);

        // Every container begins so; of the first one the recording may have missed it.
        static bool IsOfABeginning(string fact) => fact.Contains("waiting ContainerCreating", StringComparison.Ordinal) || fact.Contains("waiting PodInitializing", StringComparison.Ordinal);

        int IndexOf(string fact) => Enumerable.Range(0, seen.Count).First(i => seen[i] == fact);
    }
}
