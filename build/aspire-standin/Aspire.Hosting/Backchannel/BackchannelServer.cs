using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Backchannel;

/// <summary>The socket on which the <c>aspire</c> CLI drives this AppHost. The CLI names it, and connects to it.</summary>
internal sealed class BackchannelServer(IConfiguration configuration)
{
    private readonly string? _path = configuration["ASPIRE_BACKCHANNEL_PATH"];

    public bool IsExpected => !string.IsNullOrEmpty(_path);

    public Task Connected => Task.CompletedTask;
}
