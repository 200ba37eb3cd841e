using System.Collections;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

/// <summary>Rows of a wrong value and what is said of it.</summary>
internal sealed class WrongTable : IEnumerable<WrongSetting>
{
    private readonly List<WrongSetting> _rows = [];

    public void Add(string setting, Change change, string problem, string? fix = null, string? saidOf = null) =>
        _rows.Add(new WrongSetting(setting, change, problem, fix, saidOf ?? setting));

    public IEnumerator<WrongSetting> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
