namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the key that callers show. It is never quoted.</summary>
internal static class AuthKeyRules
{
    // Together they are the file that Serving reads every second.
    private const int MostCharacters = 64 * 1024;

    public static void Check(AuthKey? key, SettingsErrors errors)
    {
        if (key?.Value is not { } value)
        {
            return;
        }

        var check = new SettingCheck(errors, "AuthKey", ".WithAuthKey()");
        var lines = value.Split('\n').Select(line => line.Trim('\r')).Where(line => line.Length > 0).ToList();
        check.Unless(lines.Count > 0, "it is empty");
        // What a header can hold as one word.
        check.Unless(
            lines.TrueForAll(line => line.All(character => character is > ' ' and < (char)127)), "it has characters other than letters, digits and signs of ASCII (one key a line, no spaces)");
        check.Unless(value.Length <= MostCharacters, $"it is {value.Length} characters, more than {MostCharacters}");
    }
}
