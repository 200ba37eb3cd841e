using System.Collections;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

/// <summary>Rows of value in, field and value out.</summary>
internal sealed class RenderedTable : IEnumerable<RenderedSetting>
{
    private readonly List<RenderedSetting> _rows = [];

    public void Add(string setting, Change change, string path, string? value) => _rows.Add(new RenderedSetting(setting, change, path, value));

    public IEnumerator<RenderedSetting> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
