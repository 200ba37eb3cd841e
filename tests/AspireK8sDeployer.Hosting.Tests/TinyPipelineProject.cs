using Aspire.Hosting;

namespace AspireK8sDeployer.Hosting.Tests;

/// <summary>
/// A project of its own that speaks as much of the contract as a deploy asks for: other tests build the playground's, and two
/// builds of one project get in each other's way.
/// </summary>
internal sealed class TinyPipelineProject : IProjectMetadata, IDisposable
{
    private static string? _directory;

    public string ProjectPath => Path.Combine(_directory!, "Tiny.csproj");

    public static TinyPipelineProject Create()
    {
        _directory = Directory.CreateTempSubdirectory("tiny-pipeline").FullName;
        var project = new TinyPipelineProject();
        File.WriteAllText(
            project.ProjectPath,
            """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(
            Path.Combine(_directory, "Program.cs"),
            """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/health", () => "ok");
            app.MapGet("/health/live", () => "ok");
            app.MapPost("/invoke", (Request request) => Results.Json(new
            {
                success = true, outputs = $"Hello, {request.Parameters["name"]}", execution_time = 0.0,
                metadata = new { deployment_name = Environment.GetEnvironmentVariable("PipelineDeployment__Name"), parameters_used = request.Parameters },
            }));
            app.Run();

            internal sealed record Request(Dictionary<string, string> Parameters);
            """);
        return project;
    }

    public void Dispose() => Directory.Delete(_directory!, recursive: true);
}
