using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>POST of an object to a collection.</summary>
internal static class CreateHandler
{
    public static async Task CreateAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var options = WriteOptions.Read(context, "CreateOptions");
        var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var decoded = ObjectTypes.Decode(context.Resource, body.Bytes, body.IsYaml, options.Validation);
        context.Warnings.AddRange(decoded.Warnings);
        var created = context.Parts.Creator.Create(context.Write(options), decoded.Object);
        await Answers.ObjectAsync(context, format, 201, created).ConfigureAwait(false);
    }
}
