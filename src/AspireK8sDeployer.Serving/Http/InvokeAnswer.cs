using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving.Binding;
using AspireK8sDeployer.Serving.Lifecycle;
using AspireK8sDeployer.Serving.Running;

namespace AspireK8sDeployer.Serving.Http;

/// <summary>Writes the answer to an invocation. The parameters come straight from the request's own bytes.</summary>
internal sealed class InvokeAnswer
{
    private static readonly JsonEncodedText OutputName = JsonEncodedText.Encode(PipelineDefaults.OutputName);

    private readonly PipelineDefinition _pipeline;
    private readonly DeploymentIdentity _deployment;

    // What the static type does not tell is looked up in the written JSON.
    private readonly bool _isObject;
    private readonly bool _isUnknown;

    public InvokeAnswer(PipelineDefinition pipeline, DeploymentIdentity deployment, JsonSerializerOptions serializerOptions)
    {
        _pipeline = pipeline;
        _deployment = deployment;
        _isObject = pipeline.Output is null or { Kind: JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary };
        _isUnknown = !_isObject && pipeline.OutputSchema is not JsonObject;
        WriterOptions = new JsonWriterOptions { Encoder = serializerOptions.Encoder, Indented = serializerOptions.WriteIndented };
    }

    public JsonWriterOptions WriterOptions { get; }

    public void Write(Utf8JsonWriter writer, RunOutcome outcome, Invocation invocation, ReadOnlySpan<byte> body)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("success"u8, outcome.End == RunEnd.Succeeded);
        writer.WritePropertyName("outputs"u8);
        WriteOutputs(writer, outcome);
        writer.WriteNumber("execution_time"u8, Math.Round(outcome.Elapsed.TotalSeconds, 6));
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("deployment_id"u8, _deployment.Id);
        writer.WriteString("deployment_name"u8, _deployment.Name ?? _pipeline.Name);
        writer.WriteString("snapshot_id"u8, _deployment.SnapshotId);
        writer.WriteString("snapshot_name"u8, _deployment.SnapshotName);
        writer.WriteString("pipeline_name"u8, _pipeline.Name);
        writer.WriteString("run_id"u8, outcome.RunId);
        writer.WriteString("run_name"u8, outcome.RunName);
        writer.WriteStartObject("parameters_used"u8);
        WriteParameters(writer, invocation, body);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("error"u8, outcome.Error);
        writer.WriteEndObject();
        writer.Flush();
    }

    private void WriteOutputs(Utf8JsonWriter writer, RunOutcome outcome)
    {
        if (outcome.End != RunEnd.Succeeded)
        {
            writer.WriteNullValue();
        }
        else if (_pipeline.Output is null)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
        else if (_isUnknown)
        {
            WriteUnknown(writer, JsonSerializer.SerializeToUtf8Bytes(outcome.Result, _pipeline.Output));
        }
        else if (_isObject)
        {
            JsonSerializer.Serialize(writer, outcome.Result, _pipeline.Output);
        }
        else
        {
            writer.WriteStartObject();
            writer.WritePropertyName(OutputName);
            JsonSerializer.Serialize(writer, outcome.Result, _pipeline.Output);
            writer.WriteEndObject();
        }
    }

    private static void WriteUnknown(Utf8JsonWriter writer, byte[] json)
    {
        if (json[0] == (byte)'{')
        {
            writer.WriteRawValue(json, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName(OutputName);
        writer.WriteRawValue(json, skipInputValidation: true);
        writer.WriteEndObject();
    }

    private void WriteParameters(Utf8JsonWriter writer, Invocation invocation, ReadOnlySpan<byte> body)
    {
        for (var i = 0; i < _pipeline.Parameters.Count; i++)
        {
            var parameter = _pipeline.Parameters[i];
            var given = invocation.Given[i];
            writer.WritePropertyName(parameter.Name);
            writer.WriteRawValue(given.IsMissing ? parameter.Default!.Json : given.In(body), skipInputValidation: true);
        }
    }
}
