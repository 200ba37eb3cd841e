using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>Gives <see cref="PipelineOptions.SerializerOptions"/> its default, from the application's HTTP options.</summary>
internal sealed class PipelineJson(IOptions<JsonOptions> http) : IConfigureOptions<PipelineOptions>
{
    public void Configure(PipelineOptions options)
    {
        var serializer = new JsonSerializerOptions(http.Value.SerializerOptions)
        {
            AllowDuplicateProperties = false,
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };

        // The application's own way with enums stands, if it has one.
        if (!serializer.Converters.Any(converter => converter.CanConvert(typeof(DayOfWeek))))
        {
            serializer.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        }

        options.SerializerOptions = serializer;
    }
}
