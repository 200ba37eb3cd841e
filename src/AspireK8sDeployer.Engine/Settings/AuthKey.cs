namespace AspireK8sDeployer.Engine.Settings;

/// <summary>The bearer key that callers of the pipeline must show.</summary>
public sealed class AuthKey
{
    /// <summary>The one key of the Secret that holds it, and the name of the file that the pods read.</summary>
    public const string SecretKey = "keys";

    private AuthKey(string? value) => Value = value;

    /// <summary>A key that is made with the first deploy and kept in the cluster from then on. Whoever deletes its Secret gets a new one with the next deploy.</summary>
    public static AuthKey Generated { get; } = new(null);

    /// <summary>The key; null for one that is generated.</summary>
    public string? Value { get; }

    /// <summary>A key of one's own, or several, one a line, of which any is let in while they are exchanged.</summary>
    /// <param name="value">The key.</param>
    public static AuthKey Of(string value) => new(value);

    /// <summary>The Secret that holds the key of a deployment.</summary>
    /// <param name="deployment">The deployment's name.</param>
    public static string SecretName(string deployment) => $"{deployment}-auth";

    /// <summary>Whether it is generated or given; never the key.</summary>
    public override string ToString() => Value is null ? "generated" : "given";
}
