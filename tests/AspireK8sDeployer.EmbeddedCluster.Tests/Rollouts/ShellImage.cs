using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Rollouts;

/// <summary>
/// The images that the recordings use, made of what this machine has: a web server that starts at once, as the recorded
/// one's did, so that no play depends on how quick the machine is; a shell; and a few odd programs.
/// </summary>
internal static class ShellImage
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private const string Fallback = "dotnet /app/AspireK8sDeployer.EmbeddedCluster.TestApp.dll";

    // Perl is part of most systems' base, and listens within milliseconds; where it is not, .NET serves the same, some seconds later.
    // As the first process of a namespace neither it nor a shell heeds SIGTERM, unless told to.
    private const string Server =
        """
        use IO::Socket::INET;
        $| = 1;
        $SIG{CHLD} = 'IGNORE';
        $SIG{USR1} = sub { exit 3 };
        $SIG{TERM} = sub { exit 0 } if ($ARGV[0] // '') eq 'heed';
        my $root = "@ARGV" =~ /-h (\S+)/ ? $1 : '/www';
        my ($host, $port) = ($ENV{ASPNETCORE_URLS} // '') =~ m{//([^:/]+):(\d+)} or die "no port\n";
        my $server = IO::Socket::INET->new(LocalAddr => $host, LocalPort => $port, Listen => 64, ReuseAddr => 1) or die "cannot listen: $!\n";
        print "listening on $port\n";
        while (1) {
            my $client = $server->accept or next;
            next if fork;
            my ($path) = (<$client> // '') =~ m{^\w+ ([^ ?]+)};
            while (defined(my $line = <$client>)) { last if $line =~ /^\r?\n$/ }
            sleep 20 if $path eq '/cgi-bin/slow';
            if ($path =~ m{^/exit/(\d+)}) { kill 'USR1', getppid; exit }
            my $status = $path =~ m{^/(healthz)?$} ? 200 : 404;
            if ($path =~ m{^/cgi-bin/\w+$} and open(my $script, '<', "$root$path")) {
                local $/;
                $status = (<$script> // '') =~ /Status: (\d+)/ ? $1 : 200;
            }
            print $client "HTTP/1.1 $status As Asked\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            exit;
        }
        """;

    public static TestImage Hello()
    {
        var image = Root().WithFile("app/serve", $"#!/bin/sh\ncommand -v perl > /dev/null && exec perl /app/httpd.pl heed\nexec {Fallback}\n", Executable);
        image.Config["Entrypoint"] = new JsonArray("/app/serve");
        return image;
    }

    /// <summary>An application that was built for ASP.NET Core, and is.</summary>
    public static TestImage WebApp() => Root();

    public static TestImage Shell()
    {
        var image = Root()
            .WithFile(
                "app/bin/httpd",
                $"#!/bin/sh\nhas() {{ command -v perl > /dev/null; }}\ncase \"$1\" in -f) has && exec perl /app/httpd.pl \"$@\"; {Fallback}; exit;; esac\nif has; then perl /app/httpd.pl \"$@\" & else {Fallback} & fi\n",
                Executable)

            // A redirection that fails ends the recorded shell with 1, as it does bash; dash ends with 2.
            .WithFile("app/bin/sh", "#!/bin/sh\n[ -x /bin/bash ] && exec /bin/bash \"$@\"\nexec /bin/sh \"$@\"\n", Executable)
            .WithFile("www/cgi-bin/500", "Status: 500\n")
            .WithFile("www/cgi-bin/503", "Status: 503\n")
            .WithFile("app/start.sh", "#!/bin/sh\nexec httpd -f\n", (UnixFileMode)0b110_100_100)
            .WithFile("app/native", "#!/bin/sh\nsh -c 'kill -SEGV $$'\n", Executable)
            .WithFile("app/arm64-program", "\u007fELF\u0002\u0001\u0001\0\0\0", Executable);
        image.Config["Env"] = new JsonArray("PATH=/app/bin:/usr/local/bin:/usr/bin:/bin", "ASPNETCORE_HTTP_PORTS=8080");
        image.Config["Entrypoint"] = new JsonArray("sh");
        return image;
    }

    private static TestImage Root()
    {
        var image = TestImage.WebApp().WithFile("app/httpd.pl", Server);
        image.Config.Remove("User"); // the recorded images run as root
        image.Config["WorkingDir"] = "/";
        return image;
    }
}
