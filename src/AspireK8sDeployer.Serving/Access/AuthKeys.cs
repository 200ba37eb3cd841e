using System.Security.Cryptography;
using System.Text;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Serving.Access;

/// <summary>
/// The bearer keys of callers, one a line of a file, so that an old and a new one hold at the same time while they are
/// exchanged. The file is read again as it changes, at most once a second: what mounts it swaps a link, which no watcher of
/// files is sure to notice.
/// </summary>
internal sealed class AuthKeys
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly string? _path;
    private readonly TimeProvider _time;
    private readonly ILogger<AuthKeys> _logger;
    private readonly Lock _reading = new();
    private volatile byte[][] _hashes = [];
    private long _readAt;
    private bool _failed;

    public AuthKeys(IConfiguration configuration, TimeProvider time, ILogger<AuthKeys> logger)
    {
        (_time, _logger) = (time, logger);
        _path = configuration[$"{PipelineEnvironment.Section}:AuthKeysPath"] is { } path && !string.IsNullOrWhiteSpace(path) ? path : null;
        if (IsAsked)
        {
            Read();
        }
    }

    /// <summary>Whether callers must show a key. A file that cannot be read does not make the pipeline open to everybody.</summary>
    public bool IsAsked => _path is not null;

    /// <summary>Where they are, for a command that uses one without showing it.</summary>
    public string? Path => _path;

    /// <summary>Whether the key is one of them; takes the same time whichever it is, and however much of it is right.</summary>
    public bool Contain(string key)
    {
        Refresh();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        var found = false;
        foreach (var known in _hashes)
        {
            found |= CryptographicOperations.FixedTimeEquals(known, hash);
        }

        return found;
    }

    private void Refresh()
    {
        if (_time.GetElapsedTime(Interlocked.Read(ref _readAt)) < Freshness || !_reading.TryEnter())
        {
            // Fresh enough, or another request is reading it just now.
            return;
        }

        try
        {
            Read();
        }
        finally
        {
            _reading.Exit();
        }
    }

    private void Read()
    {
        Interlocked.Exchange(ref _readAt, _time.GetTimestamp());
        try
        {
            var lines = File.ReadAllLines(_path!);
            _hashes = [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => SHA256.HashData(Encoding.UTF8.GetBytes(line)))];
            _failed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The keys that were read last stay: it may only be in exchange.
            if (!_failed)
            {
                Log.AuthKeysNotRead(_logger, _path!, exception.Message);
            }

            _failed = true;
        }
    }
}
