using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

[DebuggerDisplay("{Name}")]
public abstract class Resource : IResource
{
    protected Resource(string name)
    {
        ModelName.Validate("Resource", name);
        Name = name;
    }

    public virtual string Name { get; }

    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
