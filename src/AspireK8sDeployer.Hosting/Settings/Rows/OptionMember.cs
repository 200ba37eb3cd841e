using System.Linq.Expressions;
using System.Reflection;

namespace AspireK8sDeployer.Hosting.Settings.Rows;

/// <summary>A member of the options, by the path to it.</summary>
internal sealed class OptionMember<T>
{
    private readonly PropertyInfo[] _path;

    public OptionMember(Expression<Func<PipelineDeploymentOptions, T>> path)
    {
        var members = new Stack<PropertyInfo>();
        for (var node = path.Body; node is MemberExpression { Member: PropertyInfo property } member; node = member.Expression)
        {
            members.Push(property);
        }

        _path = [.. members];
        Name = string.Join('.', _path.Select(property => property.Name));
    }

    /// <summary>The path as it is written in code, for example <c>Ingress.Host</c>.</summary>
    public string Name { get; }

    public T Get(PipelineDeploymentOptions options) => (T)_path[^1].GetValue(OwnerIn(options))!;

    public void Set(PipelineDeploymentOptions options, T value) => _path[^1].SetValue(OwnerIn(options), value);

    private object OwnerIn(PipelineDeploymentOptions options)
    {
        object owner = options;
        foreach (var property in _path.AsSpan(0, _path.Length - 1))
        {
            owner = property.GetValue(owner)!;
        }

        return owner;
    }
}
