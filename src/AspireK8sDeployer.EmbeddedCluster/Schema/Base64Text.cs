using System.Buffers.Text;
using System.Text;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>Bytes in a body: base64 with padding, line breaks ignored.</summary>
internal static class Base64Text
{
    /// <summary>The same bytes in the one form in which they are answered; null, and the server's complaint, if it is not base64.</summary>
    public static string? Normalize(string text, out string? problem)
    {
        problem = null;
        if (Base64.IsValid(text) && !text.AsSpan().ContainsAny(" \t\r\n"))
        {
            return text;
        }

        if (FirstBadByte(Encoding.UTF8.GetBytes(text)) is { } position)
        {
            problem = $"illegal base64 data at input byte {position}";
            return null;
        }

        return Convert.ToBase64String(Convert.FromBase64String(text));
    }

    private static int? FirstBadByte(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (true)
        {
            for (var digit = 0; digit < 4; digit++)
            {
                SkipLineBreaks(text, ref at);
                if (at == text.Length)
                {
                    return digit == 0 ? null : at - digit;
                }

                var letter = text[at++];
                if (letter == '=')
                {
                    return digit < 2 ? at - 1 : BadPadding(text, at, digit);
                }

                if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'+' or (byte)'/'))
                {
                    return at - 1;
                }
            }
        }
    }

    private static int? BadPadding(ReadOnlySpan<byte> text, int at, int digit)
    {
        SkipLineBreaks(text, ref at);
        if (digit == 2)
        {
            if (at == text.Length)
            {
                return text.Length;
            }

            if (text[at] != '=')
            {
                return at;
            }

            at++;
            SkipLineBreaks(text, ref at);
        }

        return at < text.Length ? at : null;
    }

    private static void SkipLineBreaks(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length && text[at] is (byte)'\r' or (byte)'\n')
        {
            at++;
        }
    }
}
