using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Backchannel;

/// <summary>Ends the AppHost when the CLI that started it is gone.</summary>
internal sealed class CliWatch(IConfiguration configuration, IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!int.TryParse(configuration["ASPIRE_CLI_PID"], CultureInfo.InvariantCulture, out var cli))
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        while (IsRunning(cli) && await timer.WaitForNextTickAsync(stoppingToken))
        {
        }

        lifetime.StopApplication();
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
