using AspireK8sDeployer.Hosting.Output;
using Microsoft.Extensions.Time.Testing;

namespace AspireK8sDeployer.Hosting.Tests.Output;

public sealed class LiveConsoleTests : IDisposable
{
    private static readonly TextWriter Null = TextWriter.Null;

    private readonly FakeTimeProvider _time = new();
    private readonly Screen _screen = new(40) { NewLine = "\n" };
    private readonly LiveConsole _live;
    private readonly TextWriter _out;
    private int _width = 40;

    public LiveConsoleTests()
    {
        _live = new LiveConsole(_screen, () => _width, _time);
        _out = _live.Writer(_screen);
    }

    public void Dispose()
    {
        _out.Dispose();
        _live.Dispose();
        _screen.Dispose();
    }

    [Fact]
    public void WhatIsWaitedFor_ChangesInItsPlace()
    {
        _live.Show("greeter", "0 of 1 replicas updated");
        _live.Show("greeter", "0 of 1 replicas available");

        Assert.Equal("greeter  0 s  0 of 1 replicas available", _screen.Text);
    }

    [Fact]
    public void TheTime_GoesOnByItself()
    {
        _live.Show("greeter", "0 of 1 replicas available");
        _time.Advance(TimeSpan.FromSeconds(75));

        Assert.Equal("greeter  1 min 15 s  0 of 1 replicas a…", _screen.Text);
    }

    [Fact]
    public void WhatOthersWrite_ComesBefore()
    {
        _out.WriteLine("orders: Service created");
        _live.Show("greeter", "0 of 1 ready");
        _out.WriteLine("orders: Deployment created, in a line that is longer than the terminal is wide");
        _live.Show("orders", "0 of 2 ready");
        _out.WriteLine("done");

        Assert.Equal(
            """
            orders: Service created
            orders: Deployment created, in a line th
            at is longer than the terminal is wide
            done
            greeter  0 s  0 of 1 ready
            orders   0 s  0 of 2 ready
            """,
            _screen.Text);
    }

    [Fact]
    public void ALineThatHasNotEnded_IsNotDrawnOver()
    {
        _live.Show("greeter", "0 of 1 ready");
        _out.Write("Remove it? [y/N] ");
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("Remove it? [y/N]", _screen.Text);

        _out.WriteLine("y");

        Assert.Equal("Remove it? [y/N] y\ngreeter  5 s  0 of 1 ready", _screen.Text);
    }

    [Fact]
    public void WhatIsDone_LeavesNothingBehind()
    {
        _live.Show("greeter", "0 of 1 ready");
        _live.Show("orders", "0 of 1 ready");
        _live.Remove("greeter");
        _live.Remove("orders");
        _out.WriteLine("done");
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("done", _screen.Text);
    }

    [Fact]
    public async Task WhoeverHoldsTheConsole_IsNotWaitedForByOneWhoWaitsForUs()
    {
        var console = new Lock();
        using var live = new LiveConsole(
            Null,
            () =>
            {
                lock (console)
                {
                    return 40;
                }
            },
            _time);
        using var writer = live.Writer(Null);

        // As the runtime's console does: who writes holds a lock that asking for its width takes as well.
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                lock (console)
                {
                    writer.WriteLine("line");
                }
            }
        }, TestContext.Current.CancellationToken);
        var showing = Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                live.Show("greeter", $"{i}");
            }
        }, TestContext.Current.CancellationToken);

        await Task.WhenAll(writing, showing).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void ANarrowerTerminal_BreaksLines_WhichAreFound()
    {
        _live.Show("greeter", "0 of 1 replicas available");
        _width = 20;
        _live.Show("greeter", "1 of 1");

        // The screen of this test does not break what it has; but that two rows were taken for one line is seen.
        Assert.Equal("greeter  0 s  1 of…", _screen.Text);
    }
}
