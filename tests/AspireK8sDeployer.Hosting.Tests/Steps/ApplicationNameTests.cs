using AspireK8sDeployer.Hosting.Steps;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public class ApplicationNameTests
{
    [Theory]
    [InlineData("Greeter.AppHost", "Greeter.AppHost")]
    [InlineData("My App (dev)", "My-App--dev")]
    [InlineData("…", "apphost")]
    public void TheName_BecomesALabelValue(string name, string label) => Assert.Equal(label, ApplicationName.ToLabel(name));

    [Fact]
    public void ALongName_IsCut() => Assert.Equal(new string('a', 63), ApplicationName.ToLabel(new string('a', 80)));
}
