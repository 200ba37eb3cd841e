using System.Text;
using AspireK8sDeployer.Serving.Tests.Shared;

namespace AspireK8sDeployer.Serving.Tests.Http;

public class RandomBodyTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ",", "\"parameters\"", "\"name\"", "\"times\"", "\"when\"", "\"lines\"", "\"nested\"", "\"timeout\"",
        "\"run_name\"", "\"Ada\"", "1", "-1", "1e999", "0.1", "null", "true", "\"\\ud800\"", "\"\\u0000\"", "\"2026-01-31\"", "\"x\":", " ", "\n",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task NoBody_BringsTheServerDown(int seed)
    {
        var random = new Random(seed);
        await using var pipeline = await ServedPipeline.StartAsync(
            (string name = "", int? times = null, DateOnly? when = null, float[]? lines = null, Nested? nested = null) => new { name, times, when, lines, nested });

        for (var i = 0; i < 1500; i++)
        {
            var body = i % 3 == 0 ? Noise(random) : i % 3 == 1 ? Mutated(random) : Assembled(random);

            var answer = await pipeline.PostAsync(body);

            Assert.True(answer.Status is 200 or 400 or 422, $"{answer.Status} for {Encoding.UTF8.GetString(body)}");
        }
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(0, 60)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Assembled(Random random) =>
        Encoding.UTF8.GetBytes("{\"parameters\":" + string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => Pieces[random.Next(Pieces.Length)])) + "}");

    private static byte[] Mutated(Random random)
    {
        var bytes = """{"parameters":{"name":"Ada","times":3,"when":"2026-01-31","lines":[1,2.5,1e10],"nested":{"name":"n","inner":{"name":"i"}}},"timeout":5}"""u8.ToArray();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private sealed record Nested(string Name, Nested? Inner = null);
}
