using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

public sealed class ServerAccessTests
{
    [Theory]
    [InlineData("hunter2", "x", null, "its address is not one, for example https://10.0.0.1:6443")]
    [InlineData("http://10.0.0.1", "hunter2", null, "http://10.0.0.1/ would get the token unencrypted")]
    [InlineData("https://10.0.0.1", " ", null, "its token is missing")]
    [InlineData("https://10.0.0.1", "hunter2\nhunter3", null, "its token has blanks or line breaks in it")]
    [InlineData("https://10.0.0.1", "x", "-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----", "its certificate authority is PEM text without a certificate")]
    [InlineData("https://10.0.0.1", "x", "/nowhere/hunter2", "its certificate authority is neither PEM text nor a file that can be read")]
    [InlineData(null, "hunter2", null, "its address is not one, for example https://10.0.0.1:6443")]
    public void AMistake_IsSaid_AndNothingIsQuoted(string? server, string token, string? authority, string problem)
    {
        var connection = new ClusterConnection { Server = server, Token = token, CertificateAuthority = authority };

        var failure = Assert.Throws<DeploymentException>(() => ClusterAccess.Of(connection, Surroundings.Real));

        Assert.Equal(("K8SD215", $"The cluster cannot be used as it is given: {problem}"), (failure.Code, failure.Problem));
        Assert.DoesNotContain("hunter", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAnAuthority_TheSystemsAreTrusted()
    {
        var access = ClusterAccess.Of(new ClusterConnection { Server = "https://10.0.0.1:6443", Token = "x" }, Surroundings.Real);

        Assert.Equal(("https://10.0.0.1:6443/", true, false), (access.Server.ToString(), access.Authorities is null, access.SkipsVerification));
    }

    [Fact]
    public void AConnection_NeverShowsItsToken()
    {
        var connection = new ClusterConnection { Server = "https://ada:hunter2@10.0.0.1:6443", Token = "hunter2", CertificateAuthority = "hunter2" };

        Assert.Equal("ClusterConnection { Server = https://10.0.0.1:6443 }", connection.ToString());
    }

    [Fact]
    public void OutsideOfAPod_ThereIsNoInClusterConfiguration()
    {
        var failure = Assert.Throws<DeploymentException>(() => ClusterAccess.Of(new ClusterConnection { InCluster = true }, new Surroundings { Variable = _ => null }));

        Assert.Equal(
            """
            K8SD204: The in-cluster configuration was asked for, but this process does not run in a pod (KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set)
              → name a cluster with .WithKubeContext("…") or .WithKubeconfig("…")
            """,
            failure.Message);
    }
}
