if (args is ["crash", var exitCode])
{
    return int.Parse(exitCode, System.Globalization.CultureInfo.InvariantCulture);
}

if (args is ["env"])
{
    Console.WriteLine(string.Join('\n', Environment.GetEnvironmentVariables().Keys.Cast<string>()));
    return 0;
}

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();

var healthy = true;
app.MapGet("/", () => $"{Environment.GetEnvironmentVariable("MESSAGE") ?? "hello"} from {Environment.MachineName} {Environment.GetEnvironmentVariable("HOSTNAME")}");
app.MapGet("/health", () => healthy ? Results.Ok() : Results.StatusCode(503));
app.MapGet("/healthz", () => Results.Ok());
app.MapGet("/cgi-bin/500", () => Results.StatusCode(500));
app.MapGet("/cgi-bin/ready", () => File.ReadAllText("/tmp/w/cgi-bin/ready").Contains("Status: 503", StringComparison.Ordinal) ? Results.StatusCode(503) : Results.Ok());
app.MapGet("/cgi-bin/slow", async () => await Task.Delay(TimeSpan.FromSeconds(20)));
app.MapPost("/health/{value:bool}", (bool value) => { healthy = value; });
app.MapGet("/env/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.MapGet("/file", (string path) => File.Exists(path) ? Results.Text(File.ReadAllText(path)) : Results.NotFound());
app.MapPost("/file", async (string path, HttpRequest request) =>
{
    await using var file = File.Create(path);
    await request.Body.CopyToAsync(file);
});
app.MapGet("/user", () => Environment.UserName);
app.MapMethods("/exit/{code:int}", ["GET", "POST"], (int code) => Environment.Exit(code));
app.MapPost("/say/{text}", (string text) => Console.WriteLine(text));
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("listening on 8080"));
app.Lifetime.ApplicationStopping.Register(() => Console.WriteLine("stopping"));

if (Environment.GetEnvironmentVariable("FAIL_AT_START") is { } code)
{
    Console.Error.WriteLine("cannot start");
    return int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);
}

app.Run();
return 0;
