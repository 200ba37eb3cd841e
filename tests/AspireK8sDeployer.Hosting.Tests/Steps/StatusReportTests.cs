using AspireK8sDeployer.Engine.Describe;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Steps;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public class StatusReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Deployments_AreATable()
    {
        var greeter = new DeploymentDescription(new DeploymentIdentity("demo", "greeter", "app"))
        {
            IsDeployed = true,
            IsReady = true,
            State = "2 of 2 replicas available; rolled back to revision 3",
            Revision = 5,
            Image = "team/greeter@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            Desired = 2,
            Ready = 2,
            Url = new Uri("http://10.0.0.1:8000/"),
            Created = Now - TimeSpan.FromHours(5),
            Last = new ReleaseInfo { Revision = 5, Outcome = ReleaseOutcome.Succeeded, Image = "greeter:1", Author = "ada@here", Begun = Now, Changes = "", RollbackOf = 3 },
        };
        var absent = new DeploymentDescription(new DeploymentIdentity("demo", "other", "app"));

        Assert.Equal(
            """
            NAME     NAMESPACE  REVISION  READY  AGE  LAST         STATE                                                 URL                    IMAGE
            greeter  demo       5         2/2    5h   rolled back  2 of 2 replicas available; rolled back to revision 3  http://10.0.0.1:8000/  team/greeter@sha256:0123456789ab
            other    demo       -         -      -    -            not deployed                                          -                      -
            """,
            StatusReport.ToText([greeter, absent], Now));
    }
}
