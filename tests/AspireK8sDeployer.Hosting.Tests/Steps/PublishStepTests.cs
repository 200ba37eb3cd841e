using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public sealed class PublishStepTests : IDisposable
{
    private const string Canary = "canary-77d1";

    private readonly string _output = Directory.CreateTempSubdirectory("published").FullName;
    private readonly LogLines _log = new();

    [Fact]
    public async Task NoSecretValue_IsInAnyFile_OrLine()
    {
        await RunAsync("publish");

        Assert.Contains("greeter: 8 files in ", _log.Text, StringComparison.Ordinal);
        Assert.Contains("; fill in the image in kustomization.yaml, and .env, from .env.example, and the files under secrets/ that kustomization.yaml names", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, _log.Text, StringComparison.Ordinal);
        var files = Directory.EnumerateFiles(_output, "*", SearchOption.AllDirectories).ToList();
        Assert.Equal(13, files.Count);
        Assert.All(files, file => Assert.DoesNotContain(Canary, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ParametersAndImage_AreNamedAsFarAsTheyAreKnown()
    {
        await RunAsync("publish", "--KubernetesDeployer:k8s:RbacSubject=Group:deployers");

        Assert.Equal(
            """
            # Copy this to .env and fill in the values: all behind the "=", as it is, without quotes and on one line.

            # Host=db;User=app;Password={db-password.value}
            DATABASE=

            # {db-password.value}
            DB_PASSWORD=

            # Besides this, each of these files is to hold one value, byte for byte:
            #   secrets/greeter-auth/keys

            """,
            Read("greeter/.env.example"));
        Assert.Contains("- name: aspire-k8s.dev/greeter\n  newName: registry.example.com/team/greeter\n  newTag: REPLACE_ME\n", Read("greeter/kustomization.yaml"), StringComparison.Ordinal);
        Assert.Contains("- name: aspire-k8s.dev/other\n  newName: ghcr.io/acme/other\n  newTag: \"2.1\"\n", Read("other/kustomization.yaml"), StringComparison.Ordinal);
        Assert.Contains("app.kubernetes.io/version: \"2.1\"\n", Read("other/deployment.yaml"), StringComparison.Ordinal);
        Assert.Contains("- kind: Group\n  name: deployers\n", Read("greeter/rbac.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishedTwice_NoByteDiffers()
    {
        await RunAsync("publish");
        var first = Contents();

        await RunAsync("publish");

        Assert.Equal(first, Contents());
    }

    [Fact]
    public async Task Rights_ArePrinted_AndWrittenForAllTogether()
    {
        await RunAsync("rbac-k8s", "--KubernetesDeployer:k8s:RbacSubject=ServiceAccount:ci/deployer");

        var written = Read("k8s/rbac.yaml");
        Assert.Contains("kind: Role\n", written, StringComparison.Ordinal);
        Assert.Contains("  resourceNames:\n  - greeter\n  - other\n", written, StringComparison.Ordinal);
        Assert.Contains("- kind: ServiceAccount\n  name: deployer\n  namespace: ci\n", written, StringComparison.Ordinal);
        Assert.DoesNotContain("ClusterRole", written, StringComparison.Ordinal);
        Assert.Contains(written.TrimEnd(), _log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("User:ada@example.com", "User", "ada@example.com", null)]
    [InlineData("group:system:serviceaccounts:ci", "Group", "system:serviceaccounts:ci", null)]
    [InlineData("ServiceAccount:ci/deployer", "ServiceAccount", "deployer", "ci")]
    public void ASubject_IsRead(string text, string kind, string name, string? @namespace)
    {
        var subject = RightsSubject.Parse(text)!;

        Assert.Equal((kind, name, @namespace), (subject.Kind, subject.Name, subject.Namespace));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("User:")]
    [InlineData("ServiceAccount:deployer")]
    [InlineData("Robot:r2")]
    public void WhatNamesNobody_IsNoSubject(string text) => Assert.Null(RightsSubject.Parse(text));

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_output, recursive: true);
    }

    private async Task RunAsync(string step, params string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args =
            [
                "--operation", "publish", "--step", step, "--output-path", _output, "--Parameters:user=app",
                $"--Parameters:db-password={Canary}", $"--Parameters:auth-key={Canary}", .. args,
            ],
            DisableDashboard = true,
        });
        builder.Services.AddSingleton<ILoggerProvider>(_log);
        builder.AddKubernetesDeployer("k8s").WithContainerRegistry(builder.AddContainerRegistry("registry", "registry.example.com", "team"));
        var user = builder.AddParameter("user");
        var password = builder.AddParameter("db-password", secret: true);
        builder.AddPipelineDeployment<GreeterProject>("greeter")
            .WithService(service => service.Type = Engine.Settings.ServiceType.ClusterIP)
            .WithAuthKey(builder.AddParameter("auth-key", secret: true))
            .WithNetworkPolicy()
            .WithEnvironment("DB_PASSWORD", password)
            .WithEnvironment("DATABASE", ReferenceExpression.Create($"Host=db;User={user.Resource};Password={password.Resource}"));
        builder.AddPipelineDeployment("other", "ghcr.io/acme/other:2.1");

        await using var app = builder.Build();
        await app.RunAsync(TestContext.Current.CancellationToken);
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_output, file));

    private SortedDictionary<string, string> Contents() => new(
        Directory.EnumerateFiles(_output, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText), StringComparer.Ordinal);

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
