using System.Globalization;
using System.Numerics;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>An amount of a resource, such as <c>500m</c> or <c>1.5Gi</c>: exact to the billionth, and written as the server writes it.</summary>
internal readonly struct Quantity : IComparable<Quantity>
{
    public const string SyntaxProblem =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private const string SuffixProblem = "unable to parse quantity's suffix";
    private const int NanoDigits = 9;

    private static readonly BigInteger Nano = BigInteger.Pow(10, NanoDigits);
    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    private readonly BigInteger _nanos;
    private readonly Notation _notation;

    /// <summary>The text itself where the server keeps it.</summary>
    private readonly string? _text;

    private Quantity(BigInteger nanos, Notation notation, string? text = null)
    {
        _nanos = nanos;
        _notation = notation;
        _text = text;
    }

    private enum Notation
    {
        Decimal,
        Binary,
        Exponent,
    }

    public int Sign => _nanos.Sign;

    public bool IsInteger => (_nanos % Nano).IsZero;

    /// <summary>The amount, rounded up to a whole number.</summary>
    public BigInteger Whole => DivideUp(_nanos, Nano);

    /// <summary>The amount in thousandths, rounded up.</summary>
    public BigInteger Milli => DivideUp(_nanos, Nano / 1000);

    public static Quantity FromWhole(long amount) => new(amount * Nano, Notation.Decimal);

    // Nothing has no notation of its own: a sum is written as its first amount is.
    public static Quantity operator +(Quantity left, Quantity right) =>
        new(left._nanos + right._nanos, left._nanos.IsZero ? right._notation : left._notation);

    public static Quantity operator -(Quantity left, Quantity right) =>
        new(left._nanos - right._nanos, left._nanos.IsZero ? right._notation : left._notation);

    /// <summary>Reads an amount.</summary>
    /// <exception cref="DecodeException">The text is not one.</exception>
    public static Quantity Parse(string text)
    {
        text = text.Trim();
        if (text.Length == 0)
        {
            throw new DecodeException(SyntaxProblem);
        }

        if (text == "0")
        {
            return new Quantity(BigInteger.Zero, Notation.Decimal, text);
        }

        var at = text[0] is '+' or '-' ? 1 : 0;
        var whole = Digits(text, ref at).TrimStart('0');
        var fraction = "";
        var digits = at;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            fraction = Digits(text, ref at);
        }

        if (at == digits && digits == (text[0] is '+' or '-' ? 1 : 0))
        {
            throw new DecodeException(SyntaxProblem);
        }

        whole = whole.Length == 0 ? "0" : whole;
        var suffix = text[at..];
        if (!IsSuffix(suffix))
        {
            throw new DecodeException(SyntaxProblem);
        }

        var (notation, scale) = Interpret(suffix);
        var unscaled = BigInteger.Parse(whole + fraction, CultureInfo.InvariantCulture);
        var nanos = notation == Notation.Binary
            ? ScaleDecimal(unscaled << scale, NanoDigits - fraction.Length)
            : ScaleDecimal(unscaled, NanoDigits + scale - fraction.Length);
        if (notation == Notation.Binary && nanos < Nano)
        {
            notation = Notation.Decimal;
        }

        var kept = KeepsText(whole, fraction, notation, scale) ? text : null;
        return new Quantity(text[0] == '-' ? -nanos : nanos, notation, kept);
    }

    public static bool TryParse(string text, out Quantity quantity)
    {
        try
        {
            quantity = Parse(text);
            return true;
        }
        catch (DecodeException)
        {
            quantity = default;
            return false;
        }
    }

    /// <summary>The amount rounded up to thousandths, as the server keeps requests and limits.</summary>
    public Quantity RoundedUpToMilli()
    {
        var milli = Milli * (Nano / 1000);
        return milli == _nanos ? this : new Quantity(milli, _notation);
    }

    public int CompareTo(Quantity other) => _nanos.CompareTo(other._nanos);

    public override string ToString()
    {
        if (_text is not null)
        {
            return _text;
        }

        if (_nanos.IsZero)
        {
            return "0";
        }

        return _notation == Notation.Binary && IsInteger && BigInteger.Abs(_nanos) >= 1024 * Nano ? Binary() : DecimalText();
    }

    private string Binary()
    {
        var number = _nanos / Nano;
        var suffix = 0;
        while (suffix < BinarySuffixes.Length - 1 && (number % 1024).IsZero)
        {
            number /= 1024;
            suffix++;
        }

        return number.ToString(CultureInfo.InvariantCulture) + BinarySuffixes[suffix];
    }

    private string DecimalText()
    {
        var number = _nanos;
        var suffix = 0;
        while ((number % 1000).IsZero && suffix < DecimalSuffixes.Length - 1)
        {
            number /= 1000;
            suffix++;
        }

        var text = number.ToString(CultureInfo.InvariantCulture);
        if (_notation != Notation.Exponent)
        {
            return text + DecimalSuffixes[suffix];
        }

        var exponent = (suffix * 3) - NanoDigits;
        return exponent == 0 ? text : $"{text}e{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Digits(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text[from..at];
    }

    private static bool IsSuffix(string text)
    {
        var at = 0;
        while (at < text.Length && "eEinumkKMGTP".Contains(text[at], StringComparison.Ordinal))
        {
            at++;
        }

        if (at < text.Length && text[at] is '+' or '-')
        {
            at++;
        }

        return text.AsSpan(at).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static (Notation Notation, int Scale) Interpret(string suffix)
    {
        var known = System.Array.IndexOf(DecimalSuffixes, suffix);
        if (known >= 0)
        {
            return (Notation.Decimal, (known * 3) - NanoDigits);
        }

        known = System.Array.IndexOf(BinarySuffixes, suffix);
        if (known > 0)
        {
            return (Notation.Binary, known * 10);
        }

        return suffix is ['e' or 'E', .. var digits] && int.TryParse(digits, CultureInfo.InvariantCulture, out var exponent) && Math.Abs(exponent) < 1000
            ? (Notation.Exponent, exponent)
            : throw new DecodeException(SuffixProblem);
    }

    /// <summary>The server keeps the text of some amounts, canonical or not, for speed; this is when.</summary>
    private static bool KeepsText(string whole, string fraction, Notation notation, int scale)
    {
        var digits = whole + fraction;
        if (notation == Notation.Binary)
        {
            return fraction.Length == 0
                && 15 - whole.Length - (int)(scale * 3 / 10f) - 1 >= 0
                && (long.Parse(whole, CultureInfo.InvariantCulture) & 7) != 0;
        }

        return digits.Length <= 18
            && scale - fraction.Length >= -NanoDigits
            && (scale - fraction.Length) % 3 == 0
            && !digits.EndsWith("000", StringComparison.Ordinal)
            && digits[0] != '0';
    }

    private static BigInteger ScaleDecimal(BigInteger number, int exponent) => exponent >= 0
        ? number * BigInteger.Pow(10, exponent)
        : DivideUp(number, BigInteger.Pow(10, -exponent));

    private static BigInteger DivideUp(BigInteger number, BigInteger by)
    {
        var result = BigInteger.DivRem(number, by, out var rest);
        return rest.IsZero ? result : result + rest.Sign;
    }
}
