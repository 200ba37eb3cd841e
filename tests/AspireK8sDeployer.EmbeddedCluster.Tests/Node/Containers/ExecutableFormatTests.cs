using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Containers;

public sealed class ExecutableFormatTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("#!/bin/sh\n", true)]
    [InlineData("echo no shebang\n", false)]
    [InlineData("", false)]
    [InlineData("\u007fELF", false)]
    public void WhatTheKernelWouldRefuse_IsNotRun(string content, bool expected)
    {
        File.WriteAllText(_file, content);

        Assert.Equal(expected, ExecutableFormat.IsKnown(_file));
    }

    [Fact]
    public void ProgramsOfThisMachine_AreRun() => Assert.True(ExecutableFormat.IsKnown(Environment.ProcessPath!));

    [Fact]
    public void WhatCannotBeRead_IsLeftToTheKernel() => Assert.True(ExecutableFormat.IsKnown("/nowhere/program"));
}
