namespace AspireK8sDeployer.Serving.Validation;

/// <summary>The rules of one member of an object.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Get">Reads it from its object.</param>
/// <param name="Rules">What it must fulfil.</param>
internal sealed record MemberRules(string Name, Func<object, object?> Get, ValueRules Rules);
