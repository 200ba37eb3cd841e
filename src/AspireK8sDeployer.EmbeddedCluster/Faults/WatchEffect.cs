using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Faults;

internal enum WatchEnd
{
    Closed,
    Silent,
    Broken,
    Expired,
}

internal sealed class WatchEffect(WatchEnd end, int afterEvents) : ApiFaultEffect
{
    public const string TooOld = "The resourceVersion for the provided watch is too old.";

    internal override bool IsForWatches => true;

    internal override async Task RunAsync(FaultedCall call)
    {
        var http = call.Http;
        try
        {
            using (FaultyBody.Install(http, new EventStream(http.Response.Body, afterEvents, partOfNext: end == WatchEnd.Broken)))
            {
                await call.Next().ConfigureAwait(false);
            }

            return; // it ended before the fault was due, or was refused
        }
        catch (EventsOverException)
        {
            // As many have been sent as the client is to see.
        }

        switch (end)
        {
            case WatchEnd.Silent:
                await call.WaitForClientAsync().ConfigureAwait(false);
                break;
            case WatchEnd.Broken:
                await call.BreakOffAsync().ConfigureAwait(false);
                break;
            case WatchEnd.Expired:
                var line = new JsonObject { ["type"] = "ERROR", ["object"] = new ApiException(410, "Expired", TooOld).ToStatus() };
                await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"), CancellationToken.None).ConfigureAwait(false);
                break;
        }
    }
}
