namespace AspireK8sDeployer.Serving.Running;

/// <summary>The result of a step that has none.</summary>
internal readonly record struct Nothing
{
    public static async Task<Nothing> From(Task task)
    {
        await task.ConfigureAwait(false);
        return default;
    }
}
