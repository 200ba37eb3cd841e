using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using Microsoft.Extensions.Primitives;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Query values as a real server reads them.</summary>
internal static class QueryText
{
    /// <summary>Anything but an explicit no is a yes, so that <c>?watch</c> and <c>?force=maybe</c> are.</summary>
    public static bool IsTrue(StringValues values) =>
        values.Count > 0 && values[0] is { } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase) && value != "0";

    /// <summary>Null when absent; 400 when it is not a number.</summary>
    public static long? Number(StringValues values)
    {
        if (values.Count == 0 || values[0] is not { Length: > 0 } value)
        {
            return null;
        }

        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiException.BadRequest($"strconv.ParseInt: parsing {ServerText.Quote(value)}: invalid syntax");
    }

    public static string? Text(StringValues values) => values.Count == 0 ? null : values[0];
}
