using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Node;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Containers;

public sealed class ContainerLogTests : IDisposable
{
    private const int MaximumLength = 1000;

    private readonly string _directory = Directory.CreateTempSubdirectory("logs-").FullName;
    private readonly string _path;

    public ContainerLogTests() => _path = Path.Combine(_directory, "0.log");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void LongLog_KeepsItsLastLinesInTwoBoundedFiles()
    {
        Write(lines: 1000);

        var kept = Read(ContainerLog.Open(_path));

        Assert.Equal(Enumerable.Range(1000 - kept.Count, kept.Count).Select(number => $"line {number}"), kept);
        Assert.Equal(["0.log", "0.log.1"], Directory.EnumerateFiles(_directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.EnumerateFiles(_directory), file => Assert.InRange(new FileInfo(file).Length, 1, MaximumLength));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(25)]
    public void Tail_IsFoundFromTheEnd(int count)
    {
        Write(lines: 1000);

        Assert.Equal(Enumerable.Range(1000 - count, count).Select(number => $"line {number}"), Read(ContainerLog.Open(_path), count));
    }

    [Fact]
    public void TailLongerThanTheLog_IsAllOfIt()
    {
        Write(lines: 3);

        Assert.Equal(["line 0", "line 1", "line 2"], Read(ContainerLog.Open(_path), 10));
    }

    [Fact]
    public void FileThatCannotBeWritten_IsNotTheEndOfReading()
    {
        var output = Output(lines: 1000);
        using var log = new ContainerLog(_path, TimeProvider.System, MaximumLength);
        Directory.CreateDirectory(_path + "~/blocks/the next file");

        log.CopyFrom(output);

        Assert.Equal((output.Length, true), (output.Position, log.IsComplete));
    }

    private static MemoryStream Output(int lines) =>
        new(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, lines).Select(number => $"line {number}\n"))));

    private static List<string> Read(IReadOnlyList<FileStream> files, long? last = null)
    {
        using var reader = new LogReader(files);
        if (last is { } count)
        {
            reader.SkipToLast(count);
        }

        var lines = new List<string>();
        while (reader.TryRead() is { } entry)
        {
            lines.Add(entry.Text);
        }

        return lines;
    }

    private void Write(int lines)
    {
        using var log = new ContainerLog(_path, TimeProvider.System, MaximumLength);
        log.CopyFrom(Output(lines));
    }
}
