using AspireK8sDeployer.Hosting.Output;

namespace AspireK8sDeployer.Hosting.Tests.Output;

public class LiveLinesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly LiveLines _lines = new();

    [Fact]
    public void Several_AreInColumns()
    {
        _lines.Show("greeter", "0 of 1 ready", Now);
        _lines.Show("a", "waits", Now.AddSeconds(9));

        Assert.Equal(["greeter  12 s  0 of 1 ready", "a         3 s  waits"], _lines.Lines(80, Now.AddSeconds(12)));
    }

    [Fact]
    public void ManyAreAFew()
    {
        for (var i = 1; i <= 9; i++)
        {
            _lines.Show($"p{i}", "waits", Now);
        }

        Assert.Equal(["p1  0 s  waits", "p2  0 s  waits", "p3  0 s  waits", "p4  0 s  waits", "and 5 more"], _lines.Lines(80, Now));
    }

    [Fact]
    public void AReminder_IsNoNews()
    {
        _lines.Show("greeter", "0 of 1 ready", Now);
        _lines.Show("greeter", "0 of 1 ready (for 10 s)", Now);

        Assert.Equal(["greeter  10 s  0 of 1 ready"], _lines.Lines(80, Now.AddSeconds(10)));
    }

    [Theory]
    [InlineData(20, "greeter  0 s  名前…")]
    [InlineData(22, "greeter  0 s  名前は…")]
    [InlineData(23, "greeter  0 s  名前はA…")]
    [InlineData(3, "g…")]
    [InlineData(1, "")]
    public void ALineFits_AlsoWithSignsThatAreTwoColumnsWide(int width, string line)
    {
        _lines.Show("greeter", "名前はAda", Now);

        Assert.Equal([line], _lines.Lines(width, Now));
    }

    [Fact]
    public void WhatMovesCursors_DoesNot()
    {
        _lines.Show("greeter", "\e[2Jgone\tor\nnot", Now);

        Assert.Equal(["greeter  0 s   [2Jgone or not"], _lines.Lines(80, Now));
    }
}
