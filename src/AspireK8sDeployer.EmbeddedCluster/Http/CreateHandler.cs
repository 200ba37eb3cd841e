namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>POST of an object to a collection.</summary>
internal static class CreateHandler
{
    public static async Task CreateAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var options = WriteOptions.Read(context, "CreateOptions");
        var obj = await RequestBody.DecodeAsync(context, context.Resource, options).ConfigureAwait(false);
        var created = context.Parts.Creator.Create(context.Write(options), obj);
        await Answers.ObjectAsync(context, format, 201, created).ConfigureAwait(false);
    }
}
