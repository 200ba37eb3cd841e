namespace AspireK8sDeployer.Serving.Binding;

/// <summary>Everything that is wrong with one invocation, by the path of the value, in the order it was found.</summary>
internal sealed class BindingErrors
{
    // A wrong element type in a long array would otherwise make an answer larger than the request.
    private const int Most = 100;

    private const int LongestPath = 200;

    private readonly Dictionary<string, List<string>> _byPath = new(StringComparer.Ordinal);
    private int _count;

    public bool Any => _count > 0;

    public bool IsFull => _count >= Most;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> ByPath =>
        _byPath.ToDictionary(entry => entry.Key, IReadOnlyList<string> (entry) => entry.Value);

    public void Add(string path, string message)
    {
        if (IsFull)
        {
            return;
        }

        // A path may hold a name that the caller chose.
        path = path.Length <= LongestPath ? path : path[..LongestPath] + "…";
        if (!_byPath.TryGetValue(path, out var messages))
        {
            _byPath.Add(path, messages = []);
        }

        if (!messages.Contains(message))
        {
            messages.Add(message);
            _count++;
        }
    }
}
