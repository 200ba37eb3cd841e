using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AspireK8sDeployer.Engine.Diagnose;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What of a deployment nobody shall read, and what is shown in its place.</summary>
/// <param name="secrets">The values that are known to be secret.</param>
/// <param name="salt">Of this run alone, so that a tag is no way to guess a value.</param>
internal sealed partial class Masking(IReadOnlyList<string> secrets, byte[] salt)
{
    public const string Hidden = "•••";

    private const int TagBytes = 2;
    private const int LongToken = 32;
    private const double HighEntropy = 4.2;

    private static readonly byte[] RunSalt = RandomNumberGenerator.GetBytes(32);

    // Also as a Secret or an annotation would hold them.
    private readonly List<string> _secrets = [.. secrets, .. secrets.Select(secret => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)))];

    public static Masking Of(DeploymentSettings settings) => new(SecretMask.Of(settings), RunSalt);

    /// <summary>For what is not of a deployment's settings.</summary>
    public static Masking OfUnknown { get; } = new([], RunSalt);

    /// <summary>Four characters that are equal for equal values of this run, so that a change shows.</summary>
    public string Tag(string value) => Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(value)).AsSpan(0, TagBytes));

    /// <summary>For example <c>••• (a1b2)</c>.</summary>
    public string InPlaceOf(string value) => $"{Hidden} ({Tag(value)})";

    /// <summary>A text of the cluster or of a user, without what is known to be secret and without credentials in addresses.</summary>
    public string Hide(string text) => SecretMask.Hide(UserInformation().Replace(text, match => $"://{Hidden}@"), _secrets);

    /// <summary>A value of a ConfigMap, which may hold what it should not: keys and tokens.</summary>
    public string HideTokens(string text) => PemBlock().IsMatch(text)
        ? InPlaceOf(text)
        : LongWord().Replace(Hide(text), match => IsToken(match.Value) ? InPlaceOf(match.Value) : match.Value);

    // Digests and identifiers are hexadecimal, with an entropy of four bits at most; words and paths have less.
    private static bool IsToken(string word) => word.Length >= LongToken && word.Any(char.IsAsciiDigit) && word.Any(char.IsAsciiLetter) && Entropy(word) > HighEntropy;

    private static double Entropy(string text) => -text.GroupBy(letter => letter)
        .Select(group => (double)group.Count() / text.Length)
        .Sum(share => share * Math.Log2(share));

    [GeneratedRegex("://[^/@\\s\"]+@")]
    private static partial Regex UserInformation();

    [GeneratedRegex("-----BEGIN [A-Z ]+-----")]
    private static partial Regex PemBlock();

    [GeneratedRegex("[A-Za-z0-9+_=-]{32,}")]
    private static partial Regex LongWord();
}
