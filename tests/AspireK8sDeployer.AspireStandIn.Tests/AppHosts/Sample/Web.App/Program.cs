var app = WebApplication.Create(args);
if (app.Configuration["crash"] is { } code)
{
    return int.Parse(code);
}

app.MapGet("/health", () => "ok");
app.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name));
app.Run();
return 0;
