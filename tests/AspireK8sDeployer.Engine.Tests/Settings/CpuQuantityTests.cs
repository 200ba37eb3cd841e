using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Settings;

public class CpuQuantityTests
{
    [Theory]
    [InlineData(1, "1")]
    [InlineData(16, "16")]
    [InlineData(0.5, "500m")]
    [InlineData(1.5, "1500m")]
    [InlineData(0.1 + 0.2, "300m")]
    [InlineData(0.0001, "1m")]
    [InlineData(0.0015, "2m")]
    public void WholeNumbersStay_AnythingElseIsMillicores(double cpu, string rendered) => Assert.Equal(rendered, CpuQuantity.Format(cpu));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void WhatIsNotMoreThanNothing_IsRefused(double cpu) => Assert.False(CpuQuantity.IsValid(cpu));
}
