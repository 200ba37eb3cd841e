using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Backchannel;
using Aspire.Hosting.Interaction;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>The services of an AppHost.</summary>
internal static class HostServices
{
    public static void AddTo(HostApplicationBuilder host, DistributedApplicationBuilder builder, DistributedApplicationOptions options, FileDeploymentState state)
    {
        var services = host.Services;
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(_ => new DistributedApplicationModel(builder.Resources));
        services.AddSingleton(_ => new ResourceNotificationService());
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton(provider => new ResourceCommandService(provider));
        services.AddHealthChecks();

        services.Configure<PipelineOptions>(host.Configuration.GetSection("Pipeline"));
        services.AddSingleton((DistributedApplicationPipeline)builder.Pipeline);
        services.AddSingleton(builder.Pipeline);
        services.AddSingleton<ActivityReporter>();
        services.AddSingleton<IPipelineActivityReporter>(provider => provider.GetRequiredService<ActivityReporter>());
        services.AddSingleton<IPipelineOutputService, PipelineOutputService>();
        services.TryAddSingleton<IDeploymentStateManager>(state);
        services.AddSingleton<ParameterPrompt>();
        services.AddSingleton<InteractionService>();
        services.AddSingleton<IInteractionService>(provider => provider.GetRequiredService<InteractionService>());

        services.AddSingleton<ApplicationStart>();
        services.AddSingleton<BackchannelTarget>();
        services.AddSingleton<BackchannelServer>();
        services.AddHostedService(provider => provider.GetRequiredService<BackchannelServer>());
        services.AddHostedService<CliWatch>();
        AddLogging(host.Logging, builder.ExecutionContext, host.Configuration["Pipeline:LogLevel"]);
        if (builder.ExecutionContext.IsPublishMode)
        {
            services.AddSingleton<ConsoleView>();
            services.AddHostedService(provider => provider.GetRequiredService<ConsoleView>());
            services.AddHostedService<PipelineExecutor>();
        }
        else
        {
            services.AddSingleton<EndpointAllocator>();
            services.AddSingleton<HealthMonitor>();
            services.AddSingleton<ProjectRunner>();
            services.AddHostedService<Orchestrator>();
        }
    }

    // In publish mode steps show what is logged; in run mode the console shows the resources' own lines, and of the host only what is wrong.
    private static void AddLogging(ILoggingBuilder logging, DistributedApplicationExecutionContext context, string? level)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);

        // A resource that is still starting is not an error.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        if (context.IsPublishMode)
        {
            logging.AddProvider(new StepLoggerProvider());
            logging.SetMinimumLevel(Enum.TryParse<LogLevel>(level, ignoreCase: true, out var parsed) ? parsed : LogLevel.Information);
        }

        logging.AddProvider(new HostLoggerProvider());
    }
}
