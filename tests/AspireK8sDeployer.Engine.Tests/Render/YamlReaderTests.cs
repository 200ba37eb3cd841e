using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Tests.Render;

public class YamlReaderTests
{
    [Theory]
    [InlineData("a: yes", """{"a":"yes"}""")]
    [InlineData("a: true", """{"a":true}""")]
    [InlineData("a: 'true'", """{"a":"true"}""")]
    [InlineData("a: 12", """{"a":12}""")]
    [InlineData("a: -1.5e3", """{"a":-1500}""")]
    [InlineData("a: 1.10.2", """{"a":"1.10.2"}""")]
    [InlineData("a: 0644", """{"a":420}""")]
    [InlineData("a: 2026-01-01", """{"a":"2026-01-01"}""")]
    [InlineData("a:\nb: ~", """{"a":null,"b":null}""")]
    [InlineData("a: |\n  x\n  y\n", """{"a":"x\ny\n"}""")]
    [InlineData("{\"a\": [1, \"2\", {}]}", """{"a":[1,"2",{}]}""")]
    [InlineData("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}", """{"x":{"a":1,"b":2},"y":{"a":1,"b":3}}""")]
    [InlineData("a: 12345678901234567890", """{"a":"12345678901234567890"}""")]
    public void AValue_IsReadAsKubernetesToolsDo(string yaml, string json) => Assert.Equal(json, Assert.Single(YamlReader.Read(yaml)).ToJsonString());

    [Fact]
    public void Documents_AreReadOneByOne_AndEmptyOnesLeftOut() =>
        Assert.Equal(["""{"a":1}""", """{"b":2}"""], YamlReader.Read("---\na: 1\n---\n# nothing\n---\nb: 2\n").Select(document => document.ToJsonString()));

    [Theory]
    [InlineData("a: [1")]
    [InlineData("a: 1\na: 2")]
    [InlineData("? [1]\n: 2")]
    public void WhatIsNotYaml_IsAFormatError(string yaml) => Assert.StartsWith("line ", Assert.Throws<FormatException>(() => YamlReader.Read(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void AliasesWithoutEnd_AreRefused()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 8).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n"));

        Assert.Equal("it is too large, or its aliases go round in circles", Assert.Throws<FormatException>(() => YamlReader.Read(bomb)).Message);
    }
}
