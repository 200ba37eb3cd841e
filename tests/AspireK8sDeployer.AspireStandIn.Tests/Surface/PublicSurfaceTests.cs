using System.Reflection;

namespace AspireK8sDeployer.AspireStandIn.Tests.Surface;

/// <summary>What makes "compiles against the stand-in" mean "compiles against Aspire".</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void EveryPublicTypeAndMember_IsOneOfAspire_WithTheSameSignature()
    {
        var differences = StandIn.Members
            .Select(member => (Id: DocumentationId.Of(member), Signature: Signature.Of(member)))
            .Select(ours => AspireFacts.Signatures.GetValueOrDefault(ours.Id) is { } aspires
                ? WithoutTypesAttributes(aspires) == ours.Signature ? null : $"{ours.Id}\n  ours    {ours.Signature}\n  Aspire's {WithoutTypesAttributes(aspires)}"
                : $"{ours.Id}\n  is not in Aspire, or its type is not in Surface/Aspire.Hosting.13.5.txt")
            .OfType<string>()
            .ToArray();

        Assert.True(differences.Length == 0, string.Join("\n", differences));
    }

    [Fact]
    public void WhatAnImplementerMustImplement_IsComplete()
    {
        var missing = StandIn.Assembly.GetExportedTypes()
            .Where(type => type.IsInterface || (type.IsAbstract && type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Any(c => c.IsFamily)))
            .SelectMany(type => Demands(type).Except(StandIn.MembersOf(type).Select(DocumentationId.Of)))
            .ToArray();

        Assert.True(missing.Length == 0, string.Join("\n", missing));
    }

    [Fact]
    public void TheAssembly_HasAspiresIdentity_AndAnOlderVersion()
    {
        Assert.Equal(
            "Aspire.Hosting, Version=13.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51",
            StandIn.Assembly.FullName);
    }

    // The members of Aspire's type that have no body.
    private static IEnumerable<string> Demands(Type type)
    {
        var prefix = $".{DocumentationId.Of(type)[2..]}.";
        return AspireFacts.Signatures
            .Where(line => line.Key[0] is 'M' or 'P' && OwnerOf(line.Key) == prefix)
            .Where(line => type.IsInterface ? !line.Value.Contains("/*default impl*/", StringComparison.Ordinal) : line.Value.Contains(" abstract ", StringComparison.Ordinal))
            .Select(line => line.Key);
    }

    private static string OwnerOf(string id)
    {
        var name = id[2..].Split('(')[0];
        return $".{name[..name.LastIndexOf('.')]}.";
    }

    // The facts repeat on each member the attributes of its type.
    private static string WithoutTypesAttributes(string signature)
    {
        var at = signature.IndexOf(" [via-type", StringComparison.Ordinal);
        return at < 0 ? signature : signature[..at];
    }
}
