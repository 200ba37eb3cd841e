using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Settings.Table;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Settings;

/// <summary>Every setting: what it becomes, and what is said of each wrong form. The tables are in <c>Table/</c>, a row a line.</summary>
public class SettingsTableTests
{
    public static TheoryData<RenderedSetting> RenderedRows => [.. RenderedSettings.All];

    public static TheoryData<WrongSetting> WrongRows => [.. WrongSettings.All];

    [Theory]
    [MemberData(nameof(RenderedRows))]
    public void ARightValue_BecomesItsField(RenderedSetting row)
    {
        var settings = row.Change(A.Settings());

        Assert.Empty(DeploymentEngine.Validate(settings));
        Assert.Equal(row.Value, SettingPath.Read(settings, row.Path));
    }

    [Theory]
    [MemberData(nameof(WrongRows))]
    public void AWrongValue_IsNamed_WithTheCallThatMendsIt(WrongSetting row) =>
        Assert.Equal([new SettingsError(row.SaidOf, row.Problem, WrongSettings.FixOf(row))], DeploymentEngine.Validate(row.Change(A.Settings())));

    [Fact]
    public void EverySetting_HasARowOfWhatItBecomes() =>
        Assert.Equal(PublicSettings.Names.Order(StringComparer.Ordinal), RenderedSettings.All.Select(row => row.Setting).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void EverySetting_HasARowForEachMistake_OrAReasonToHaveNone() =>
        Assert.Equal(
            PublicSettings.Names.Order(StringComparer.Ordinal),
            WrongSettings.All.Select(row => row.Setting).Distinct().Concat(WrongSettings.None.Keys).Order(StringComparer.Ordinal));
}
