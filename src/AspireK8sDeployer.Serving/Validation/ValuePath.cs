using System.Globalization;
using System.Text;

namespace AspireK8sDeployer.Serving.Validation;

/// <summary>Where in the parameters a check stands. It becomes text only when there is something to say.</summary>
internal sealed class ValuePath(string parameter)
{
    private readonly List<(string? Name, int Index)> _segments = [];

    public void Enter(string member) => _segments.Add((member, 0));

    public void Enter(int element) => _segments.Add((null, element));

    public void Leave() => _segments.RemoveAt(_segments.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder(parameter);
        foreach (var (name, index) in _segments)
        {
            _ = name is null
                ? text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']')
                : text.Append('.').Append(name);
        }

        return text.ToString();
    }
}
