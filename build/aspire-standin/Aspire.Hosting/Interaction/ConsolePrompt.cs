namespace Aspire.Hosting.Interaction;

/// <summary>Questions on the terminal.</summary>
internal static class ConsolePrompt
{
    public static async Task<IReadOnlyDictionary<string, string?>?> AskAsync(
        string message, IReadOnlyList<InteractionInput> inputs, CancellationToken cancellationToken)
    {
        Console.WriteLine(message);
        var answers = new Dictionary<string, string?>();
        foreach (var input in inputs)
        {
            foreach (var error in input.ValidationErrors)
            {
                Console.WriteLine($"  {input.Label ?? input.Name}: {error}");
            }

            Console.Write(input.InputType == InputType.Boolean ? $"{input.Label ?? input.Name} [y/N] " : $"{input.Label ?? input.Name}: ");
            var line = input.InputType == InputType.SecretText
                ? ReadSecret()
                : await Task.Run(Console.In.ReadLine, cancellationToken).WaitAsync(cancellationToken);
            if (line is null)
            {
                return null;
            }

            answers[input.Name] = input.InputType == InputType.Boolean
                ? (line.Trim().StartsWith("y", StringComparison.OrdinalIgnoreCase) ? bool.TrueString : bool.FalseString)
                : line.Length == 0 ? input.Value : line;
        }

        return answers;
    }

    private static string ReadSecret()
    {
        var secret = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                secret.Length = Math.Max(0, secret.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return secret.ToString();
    }
}
