using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Addresses and ranges of addresses.</summary>
internal static class AddressRules
{
    public static void Check(Findings findings, string field, string value)
    {
        if (Parse(value) is not { } address)
        {
            findings.Invalid(field, value, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            return;
        }

        if (HasLeadingZeros(value))
        {
            findings.Invalid(field, value, "must not have leading 0s");
        }

        if (address.IsIPv4MappedToIPv6)
        {
            findings.Invalid(field, value, "must not be an IPv4-mapped IPv6 address");
        }
    }

    public static void CheckRange(Findings findings, string field, string value)
    {
        if (ParseRange(value) is not { } range)
        {
            findings.Invalid(field, value, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
        else if (HasLeadingZeros(value.Replace('/', '.')))
        {
            findings.Invalid(field, value, "must not have leading 0s in IP or prefix length");
        }
        else if (range.Address.IsIPv4MappedToIPv6)
        {
            findings.Invalid(field, value, "must not have an IPv4-mapped IPv6 address");
        }
        else if (!range.Masked.Equals(range.Address))
        {
            findings.Invalid(field, value, "must not have bits set beyond the prefix length");
        }
    }

    /// <summary>An address that traffic can be sent to.</summary>
    public static void CheckEndpoint(Findings findings, string field, string value)
    {
        if (Parse(value) is not { } address)
        {
            findings.Invalid(field, value, "must be a valid IP address");
            return;
        }

        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            findings.Invalid(field, value, $"may not be unspecified ({value})");
        }

        // This machine's own; but the pods of embedded clusters have addresses from 127.16.0.0 on.
        if (IPAddress.IsLoopback(address) && address.GetAddressBytes() is not [127, >= 16, _, _])
        {
            findings.Invalid(field, value, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }

        var bytes = address.GetAddressBytes();
        if (address.IsIPv6LinkLocal || bytes is [169, 254, _, _])
        {
            findings.Invalid(field, value, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }

        if (bytes is [224, 0, 0, _] or [0xff, 0x02, ..])
        {
            findings.Invalid(field, value, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    /// <summary>Reads an address; leading zeros are read as decimal, as they have always been.</summary>
    public static IPAddress? Parse(string value)
    {
        if (value.Contains(':', StringComparison.Ordinal))
        {
            return !value.Contains('%', StringComparison.Ordinal) && !value.Contains('[', StringComparison.Ordinal) && IPAddress.TryParse(value, out var six) ? six : null;
        }

        var parts = value.Split('.');
        var bytes = new byte[4];
        for (var i = 0; i < 4; i++)
        {
            if (parts.Length != 4 || parts[i].Length is 0 or > 3 || !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return null;
            }
        }

        return new IPAddress(bytes);
    }

    public static (IPAddress Address, int Prefix, IPAddress Masked)? ParseRange(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0
            || Parse(value[..slash]) is not { } address
            || !int.TryParse(value[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
            || prefix > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        for (var bit = prefix; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return (address, prefix, new IPAddress(bytes));
    }

    private static bool HasLeadingZeros(string value) =>
        !value.Contains(':', StringComparison.Ordinal) && value.Split('.').Any(part => part is ['0', _, ..]);
}
