using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>What every project is given: endpoints and environment from its launch profile, and the addresses it is to listen on.</summary>
internal static class ProjectLaunchDefaults
{
    public static IResourceBuilder<ProjectResource> WithLaunchDefaults(
        this IResourceBuilder<ProjectResource> builder, ProjectResourceOptions options)
    {
        var application = builder.ApplicationBuilder;
        var metadata = builder.Resource.GetProjectMetadata();

        if (options.ExcludeLaunchProfile)
        {
            builder.WithAnnotation<ExcludeLaunchProfileAnnotation>();
        }
        else if (options.LaunchProfileName is { } named)
        {
            builder.WithAnnotation(new LaunchProfileAnnotation(named));
        }

        var preferred = application.Configuration["AppHost:DefaultLaunchProfileName"] ?? application.Configuration["DOTNET_LAUNCH_PROFILE"];
        var launch = options.ExcludeLaunchProfile ? null : LaunchProfiles.Select(metadata, options.LaunchProfileName, preferred);

        builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        return application.ExecutionContext.IsRunMode ? builder.ForRun(launch) : builder.ForPublish(launch?.Profile);
    }

    private static IResourceBuilder<ProjectResource> ForRun(
        this IResourceBuilder<ProjectResource> builder, (string Name, LaunchProfile Profile)? launch)
    {
        if (builder.ApplicationBuilder.Environment.IsDevelopment())
        {
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true");
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        builder.WithEnvironment(context =>
        {
            var urls = builder.Resource.GetEndpoints()
                .Where(e => e.IsHttp || e.IsHttps)
                .Select(e => ReferenceExpression.Create($"{e.Scheme}://{e.EndpointAnnotation.TargetHost}:{e.Property(EndpointProperty.TargetPort)}"))
                .ToArray();
            if (urls.Length > 0)
            {
                context.EnvironmentVariables.TryAdd("ASPNETCORE_URLS", Joined(urls));
            }
        });

        if (launch is not ({ } name, { } profile))
        {
            return builder;
        }

        foreach (var (endpointName, url) in NamedUrls(profile.ApplicationUrl))
        {
            builder.WithEndpoint(endpointName, e =>
            {
                e.UriScheme = url.Scheme;
                e.Port = url.Port;
                e.TargetHost = url.Host;
                e.FromLaunchProfile = true;
            });
        }

        if (profile.LaunchUrl is { } launchUrl)
        {
            builder.WithUrls(context =>
            {
                foreach (var shown in context.Urls.Where(u => u.Endpoint?.EndpointAnnotation is { FromLaunchProfile: true }))
                {
                    shown.Url = new Uri(new Uri(shown.Url), launchUrl).ToString();
                }
            });
        }

        return builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", name);
            foreach (var (variable, value) in profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(variable, Environment.ExpandEnvironmentVariables(value));
            }
        });
    }

    // A published project listens where its target says, on the ports that HTTP_PORTS names; a launch profile only tells that it serves HTTP.
    private static IResourceBuilder<ProjectResource> ForPublish(this IResourceBuilder<ProjectResource> builder, LaunchProfile? profile)
    {
        builder.WithEnvironment(context =>
        {
            if (builder.Resource.GetEndpoints().Any() && !builder.Resource.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
            {
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            }

            SetPorts("HTTP_PORTS", "http");
            SetPorts("HTTPS_PORTS", "https");

            void SetPorts(string variable, string scheme)
            {
                // The https endpoint that only a launch profile brought is not one that a container serves.
                var ports = builder.Resource.GetEndpoints()
                    .Where(e => e.Scheme == scheme && !e.EndpointAnnotation.IsDefaultHttps)
                    .Select(e => ReferenceExpression.Create($"{e.Property(EndpointProperty.TargetPort)}"))
                    .ToArray();
                if (ports.Length > 0)
                {
                    context.EnvironmentVariables.TryAdd(variable, Joined(ports));
                }
            }
        });

        if (profile?.ApplicationUrl is not null)
        {
            var http = EndpointFor("http");
            var https = EndpointFor("https");
            http.TargetPort = https.TargetPort = http.TargetPort ?? https.TargetPort;
        }

        return builder;

        EndpointAnnotation EndpointFor(string scheme)
        {
            var existing = builder.Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.UriScheme == scheme || e.Name == scheme);
            if (existing is not null)
            {
                return existing;
            }

            var created = new EndpointAnnotation(ProtocolType.Tcp, uriScheme: scheme) { IsDefaultHttps = scheme == "https" };
            builder.WithAnnotation(created);
            return created;
        }
    }

    // The first URL of a scheme is named by the scheme, the following http2, http3, …
    private static IEnumerable<(string Name, Uri Url)> NamedUrls(string? applicationUrl) =>
        (applicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => new Uri(url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)))
            .GroupBy(url => url.Scheme)
            .SelectMany(group => group.Select((url, i) => (i == 0 ? group.Key : group.Key + (i + 1).ToString(CultureInfo.InvariantCulture), url)));

    private static ReferenceExpression Joined(ReferenceExpression[] parts) =>
        parts.Aggregate((joined, next) => ReferenceExpression.Create($"{joined};{next}"));
}
