using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

/// <summary>Calls a served pipeline.</summary>
/// <remarks>
/// The base address is the <see cref="HttpClient"/>'s and may have a path. Its time-out applies to a whole run, so
/// raise it above 100 seconds for pipelines that take longer. Connection failures surface as
/// <see cref="HttpRequestException"/>.
/// </remarks>
/// <example>
/// <code>
/// var client = new PipelineClient(new HttpClient { BaseAddress = new Uri("http://localhost:8000") });
/// var greeting = await client.InvokeAsync&lt;Greeting&gt;(new { name = "Ada" }, cancellationToken);
/// </code>
/// </example>
public sealed class PipelineClient
{
    private static readonly JsonSerializerOptions DefaultSerializerOptions = CreateSerializerOptions();

    private readonly HttpClient _http;
    private readonly JsonSerializerOptions _serializerOptions;

    /// <summary>Creates a client of the pipeline at the base address of <paramref name="http"/>.</summary>
    /// <param name="http">Sends the requests. It is not disposed.</param>
    /// <param name="serializerOptions">
    /// How parameters and outputs are serialised; when null as the pipeline does by default: camel case, enums by name.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="http"/> has no base address.</exception>
    public PipelineClient(HttpClient http, JsonSerializerOptions? serializerOptions = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress is null)
        {
            throw new ArgumentException("The HttpClient has no BaseAddress. Set it to where the pipeline answers.", nameof(http));
        }

        _http = http;
        _serializerOptions = serializerOptions ?? DefaultSerializerOptions;
        _serializerOptions.MakeReadOnly(populateMissingResolver: true); // as its first use would
    }

    /// <summary>The bearer key that the pipeline asks for; null to send none besides what the <see cref="HttpClient"/> sends by itself.</summary>
    public string? Key { get; init; }

    /// <summary>Runs the pipeline and reads its outputs.</summary>
    /// <typeparam name="TOutput">What the pipeline returns.</typeparam>
    /// <param name="parameters">An object with one member for each parameter, or null when there are none.</param>
    /// <param name="cancellationToken">Gives up the call, which cancels the run.</param>
    /// <returns>The outputs; null only when the pipeline returned null.</returns>
    /// <exception cref="PipelineRefusedException">The pipeline did not take the request.</exception>
    /// <exception cref="PipelineRunFailedException">The pipeline ran and failed.</exception>
    /// <exception cref="PipelineAnswerException">The answer is not a pipeline's, or not a <typeparamref name="TOutput"/>.</exception>
    public async Task<TOutput?> InvokeAsync<TOutput>(object? parameters, CancellationToken cancellationToken)
    {
        var request = new InvokeRequest { Parameters = ToParameters(parameters) };
        var response = await InvokeAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Success
            ? Outputs.Read<TOutput>(response.Outputs, _serializerOptions)
            : throw new PipelineRunFailedException(response);
    }

    /// <summary>Runs the pipeline and returns its answer, also when the run failed.</summary>
    /// <param name="request">The parameters, the run's name and its time-out.</param>
    /// <param name="cancellationToken">Gives up the call, which cancels the run.</param>
    /// <exception cref="PipelineRefusedException">The pipeline did not take the request.</exception>
    /// <exception cref="PipelineAnswerException">The answer is not a pipeline's.</exception>
    public async Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Not chunked: the length is known, and some proxies refuse bodies of unknown length.
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Default.InvokeRequest));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var message = new HttpRequestMessage(HttpMethod.Post, Address(PipelinePaths.Invoke)) { Content = content };
        Authorize(message);
        using var answer = await _http.SendAsync(message, cancellationToken).ConfigureAwait(false);

        return await Answers.ReadResponseAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Describes the pipeline and what serves it.</summary>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <exception cref="PipelineRefusedException">The pipeline did not take the request.</exception>
    /// <exception cref="PipelineAnswerException">The answer is not a pipeline's.</exception>
    public async Task<PipelineInfo> GetInfoAsync(CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, Address(PipelinePaths.Info));
        Authorize(message);
        using var answer = await _http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await Answers.ReadInfoAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks whether the pipeline takes invocations. Any answer but success means that it does not.</summary>
    /// <param name="cancellationToken">Gives up the call.</param>
    public async Task<PipelineHealth> GetHealthAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(Address(PipelinePaths.Health), cancellationToken).ConfigureAwait(false);
        return new PipelineHealth(answer.IsSuccessStatusCode, answer.StatusCode);
    }

    private static JsonSerializerOptions CreateSerializerOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        options.Converters.Add(new JsonStringEnumConverter());
        return options;
    }

    private void Authorize(HttpRequestMessage message)
    {
        if (Key is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        }
    }

    // "/invoke" is meant relative to the base address; Uri's own rule would drop the base's path.
    private Uri Address(string path)
    {
        var root = _http.BaseAddress!;
        return new UriBuilder(root) { Path = root.AbsolutePath.TrimEnd('/') + path }.Uri;
    }

    private JsonObject ToParameters(object? parameters) => parameters switch
    {
        null => [],
        JsonObject already => already,
        _ => JsonSerializer.SerializeToNode(parameters, parameters.GetType(), _serializerOptions) as JsonObject
            ?? throw new ArgumentException(
                $"A {parameters.GetType()} is not serialised as an object with one member for each parameter. "
                + "Pass an anonymous object, such as new { name = \"Ada\" }.",
                nameof(parameters)),
    };
}
