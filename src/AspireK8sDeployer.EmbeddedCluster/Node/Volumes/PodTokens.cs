using System.Collections.Concurrent;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Volumes;

/// <summary>Service account tokens for pods, kept until four fifths of their life are over.</summary>
internal sealed class PodTokens(Func<V1Pod, string?, TimeSpan, string> issue, TimeProvider time)
{
    private const long DefaultLifetime = 3600;

    private readonly ConcurrentDictionary<(string Pod, string Audience, long Lifetime), (string Token, long At)> _tokens = new();

    public string Get(V1Pod pod, string? audience, long? lifetime)
    {
        var seconds = lifetime ?? DefaultLifetime;
        var key = (pod.Metadata.Uid, audience ?? "", seconds);
        if (_tokens.TryGetValue(key, out var known) && time.GetElapsedTime(known.At) < TimeSpan.FromSeconds(seconds * 0.8))
        {
            return known.Token;
        }

        var token = issue(pod, audience, TimeSpan.FromSeconds(seconds));
        _tokens[key] = (token, time.GetTimestamp());
        return token;
    }

    public void Forget(string podUid)
    {
        foreach (var key in _tokens.Keys.Where(key => key.Pod == podUid))
        {
            _tokens.TryRemove(key, out _);
        }
    }
}
