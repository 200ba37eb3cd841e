using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StreamJsonRpc;

namespace Aspire.Hosting.Backchannel;

/// <summary>The socket on which the <c>aspire</c> CLI drives this AppHost. The CLI names it, waits for it, and connects.</summary>
internal sealed class BackchannelServer(IConfiguration configuration, IServiceProvider services) : BackgroundService
{
    private readonly string? _path = configuration["ASPIRE_BACKCHANNEL_PATH"];
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsExpected => !string.IsNullOrEmpty(_path);

    /// <summary>Ends when the CLI is there; at once when none is expected.</summary>
    public Task Connected => IsExpected ? _connected.Task : Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsExpected)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path!)!);
        File.Delete(_path!);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_path!));
        listener.Listen();

        var connections = new List<JsonRpc>();
        try
        {
            while (true)
            {
                connections.Add(Serve(await listener.AcceptAsync(stoppingToken)));
                _connected.TrySetResult();
            }
        }
        catch (OperationCanceledException)
        {
            connections.ForEach(connection => connection.Dispose());
        }
        finally
        {
            File.Delete(_path!);
        }
    }

    private JsonRpc Serve(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);

        // The CLI reads PascalCase without nulls, and writes camelCase.
        var formatter = new SystemTextJsonFormatter
        {
            JsonSerializerOptions = new JsonSerializerOptions
            {
                PropertyNameCaseInsensitive = true,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            },
        };
        var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(stream, stream, formatter));
        rpc.AddLocalRpcTarget(services.GetRequiredService<BackchannelTarget>());
        rpc.StartListening();
        return rpc;
    }
}
