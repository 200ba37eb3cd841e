namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Which objects of a kind are meant.</summary>
internal readonly record struct ObjectSelector(string? Labels = null, string? Fields = null)
{
    public static ObjectSelector All => default;

    /// <summary>Everything that this tool made, of whatever application.</summary>
    public static ObjectSelector Ours { get; } = new($"{Names.ManagedByLabel}={Names.FieldManager}");

    public static ObjectSelector OfDeployment(string name) => new(Names.Selector(name));

    public static ObjectSelector OfApplication(string application) => new($"{Names.ManagedByLabel}={Names.FieldManager},{Names.PartOfLabel}={application}");

    public Dictionary<string, string> ToQuery()
    {
        var query = new Dictionary<string, string>();
        if (Labels is not null)
        {
            query["labelSelector"] = Labels;
        }

        if (Fields is not null)
        {
            query["fieldSelector"] = Fields;
        }

        return query;
    }
}
