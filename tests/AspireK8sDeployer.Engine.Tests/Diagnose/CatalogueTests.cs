using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using AspireK8sDeployer.Engine.Tests.Shared;
using AspireK8sDeployer.Engine.Tests.Stages;
using AspireK8sDeployer.Engine.Tests.Wait;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Tests.Diagnose;

public class CatalogueTests
{
    [Fact]
    public void EveryCause_IsThereOnce() => Assert.Empty(Catalogue.Rows.GroupBy(row => row.Code).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void EveryStagedCause_ReadsAsWritten()
    {
        var text = new StringBuilder();
        foreach (var row in Catalogue.Rows.Where(row => row.Stage is not null))
        {
            var cause = row.Stage!().FirstOrDefault(cause => cause.Code == row.Code);
            text.Append(CultureInfo.InvariantCulture, $"{row.Code} ({cause?.Class.ToString() ?? "NOT FOUND"})\n  {cause?.Subject}{cause?.Problem}\n  → {cause?.Fix}\n");
        }

        Assert.DoesNotContain("NOT FOUND", text.ToString(), StringComparison.Ordinal);
        Snapshot.Matches(text.ToString(), "Catalogue.txt");
    }

    [Fact]
    public void EveryRecordedCause_IsFoundInARecording()
    {
        var found = Recording.Names.Select(Recording.Load).SelectMany(Codes).ToHashSet();

        Assert.Empty(Catalogue.Rows.Where(row => row.IsRecorded && !found.Contains(row.Code)).Select(row => row.Code));
    }

    [Fact]
    public void WhatAnotherPartTells_IsInItsSource() => Assert.Empty(Catalogue.Rows
        .Where(row => row.Source is { } source && !File.ReadAllText(Path.Combine(Root(), source.Split('|')[0])).Contains(source.Split('|')[1], StringComparison.Ordinal))
        .Select(row => row.Code));

    [Fact]
    public void WhatNobodyCanKnow_HasAReason() => Assert.Equal(
        ["LB_CLASS", "INGRESS_NO_CLASS", "INGRESS_BACKEND", "NETPOL_BLOCK", "RS_QUOTA_ROLLBACK"],
        Catalogue.Rows.Where(row => row is { IsRecorded: false, Stage: null, Source: null } && row.How.Length > 0).Select(row => row.Code));

    /// <summary>Every cause that no fixture shows, and the reason, in the file beside this one.</summary>
    [Fact]
    public void WhatHasNoFixture_HasAReason()
    {
        var staged = FailureRows.All.Select(row => row.Reason).ToHashSet();
        var shown = Catalogue.Rows.Where(row => row.IsRecorded || row.Stage is not null || staged.Contains(row.Code)).ToList();
        var rest = Catalogue.Rows.Except(shown).Select(row => $"{row.Code,-20} {row.How}{(row.Source is { } source ? $" ({Path.GetFileName(source.Split('|')[0])})" : "")}").ToList();

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Catalogue.Rows.Count} causes: {Catalogue.Rows.Count(row => row.IsRecorded)} recorded, {staged.Count} staged on a cluster, "
            + $"{Catalogue.Rows.Count(row => row.Stage is not null)} by their objects, {rest.Count} without a fixture");
        Assert.Empty(staged.Except(Catalogue.Rows.Select(row => row.Code)));
        Snapshot.Matches(string.Join('\n', rest) + "\n", "CatalogueWithoutFixture.txt");
    }

    [Fact]
    public void EveryStagedCause_HasItsEvidenceAndARemedy() => Assert.Empty(Catalogue.Rows
        .Where(row => row.Stage?.Invoke().First(cause => cause.Code == row.Code) is { Evidence: null or "" } or { Fix: "" })
        .Select(row => row.Code));

    [Fact]
    public void NothingIsCalledATimeOut() => Assert.DoesNotContain(
        Catalogue.Rows.Where(row => row.Stage is not null).SelectMany(row => row.Stage!()),
        cause => cause.Problem.Contains("timed out waiting", StringComparison.OrdinalIgnoreCase) || cause.Problem.Contains("ProgressDeadlineExceeded", StringComparison.Ordinal));

    private static IEnumerable<string> Codes(Recording recording)
    {
        var judge = new RolloutJudge(FailFast.Proof);
        var beside = new SideJudge(FailFast.Proof);
        return recording.Moments.SelectMany(moment =>
            judge.Judge(moment.Objects, moment.Time).Causes.Concat(beside.Judge(moment.Objects, moment.Time).Warnings).Select(cause => cause.Code)).ToList();
    }

    private static string Root([CallerFilePath] string test = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(test)!, "../../.."));
}
