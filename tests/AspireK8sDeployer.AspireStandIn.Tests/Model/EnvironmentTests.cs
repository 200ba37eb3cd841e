using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.AspireStandIn.Tests.Model;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task AReference_GivesEveryEndpoint_InBothForms()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var api = builder.AddProject<WebProject>("my-api").WithHttpEndpoint(name: "admin");
        var web = builder.AddProject<PlainProject>("web").WithReference(api);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
                ["MY_API_HTTP"] = "{my-api.bindings.http.url}",
                ["MY_API_ADMIN"] = "{my-api.bindings.admin.url}",
                ["services__my-api__http__0"] = "{my-api.bindings.http.url}",
                ["services__my-api__admin__0"] = "{my-api.bindings.admin.url}",
            },
            await ExpressionsOfAsync(web.Resource, builder));
    }

    [Fact]
    public async Task AReferenceByAnotherName_UsesThatName()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var api = builder.AddProject<WebProject>("api");
        var web = builder.AddProject<PlainProject>("web").WithReference(api, "backend");

        var environment = await ExpressionsOfAsync(web.Resource, builder);

        Assert.Equal(["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "backend_HTTP", "services__backend__http__0"], environment.Keys);
    }

    [Fact]
    public async Task APublishedWebProject_IsToldItsPorts_ButNotTheHttpsOneThatOnlyItsProfileHas()
    {
        var builder = DistributedApplication.CreateBuilder(["--operation", "publish", "--clear-cache", "true"]);
        var web = builder.AddProject<WebProject>("web");

        Assert.Equal(["http", "https"], web.Resource.GetEndpoints().Select(e => e.EndpointName));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
                ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
                ["HTTP_PORTS"] = "{web.bindings.http.targetPort}",
            },
            await ExpressionsOfAsync(web.Resource, builder));
    }

    [Fact]
    public async Task AProjectThatRuns_GetsItsLaunchProfile_AndWhereToListen()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var web = builder.AddProject<WebProject>("web").WithEnvironment("COLOR", "mine");

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
                ["ASPNETCORE_URLS"] = "http://localhost:{web.bindings.http.targetPort}",
                ["DOTNET_LAUNCH_PROFILE"] = "http",
                ["COLOR"] = "mine",
            },
            await ExpressionsOfAsync(web.Resource, builder));
    }

    [Fact]
    public void ALaunchProfileThatDoesNotExist_IsAnError()
    {
        var builder = DistributedApplication.CreateBuilder([]);

        var failure = Assert.Throws<DistributedApplicationException>(() => builder.AddProject<WebProject>("web", "htpp"));

        Assert.Equal("The launch settings of '/app/web.csproj' have no profile 'htpp'.", failure.Message);
    }

    private static async Task<Dictionary<string, string>> ExpressionsOfAsync(ProjectResource resource, IDistributedApplicationBuilder builder)
    {
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource);
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return context.EnvironmentVariables.ToDictionary(
            v => v.Key, v => v.Value is IManifestExpressionProvider expression ? expression.ValueExpression : (string)v.Value);
    }

    private sealed class WebProject : IProjectMetadata
    {
        public string ProjectPath => "/app/web.csproj";

        public LaunchSettings LaunchSettings => new()
        {
            Profiles =
            {
                ["docker"] = new LaunchProfile { CommandName = "Docker", ApplicationUrl = "http://localhost:1" },
                ["http"] = new LaunchProfile
                {
                    CommandName = "Project",
                    ApplicationUrl = "http://localhost:5000",
                    EnvironmentVariables = { ["COLOR"] = "the profile's" },
                },
            },
        };
    }

    private sealed class PlainProject : IProjectMetadata
    {
        public string ProjectPath => "/app/plain.csproj";
    }
}
