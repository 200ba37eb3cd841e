namespace Aspire.Hosting.ApplicationModel;

public static class KnownHostNames
{
    public const string Localhost = "localhost";
}
