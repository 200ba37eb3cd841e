using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Probes, and what is run when a container starts and stops.</summary>
internal static class ProbeRules
{
    private const string OneHandler = "may not specify more than 1 handler type";

    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

    public static void Check(Findings findings, JsonObject container, JsonObject spec, string field)
    {
        foreach (var kind in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container.Object(kind) is not { } probe)
            {
                continue;
            }

            var path = $"{field}.{kind}";
            Probe(findings, probe, spec, path);
            if (kind == "readinessProbe")
            {
                if (probe.NumberOf("terminationGracePeriodSeconds") is { } grace)
                {
                    findings.Invalid($"{path}.terminationGracePeriodSeconds", grace, "must not be set for readinessProbes");
                }
            }
            else if (probe.NumberOf("successThreshold") is { } threshold and not 1)
            {
                findings.Invalid($"{path}.successThreshold", threshold, "must be 1");
            }
        }
    }

    public static void Lifecycle(Findings findings, JsonObject container, JsonObject spec, string field)
    {
        if (container.Object("lifecycle") is not { } lifecycle)
        {
            return;
        }

        foreach (var hook in (string[])["postStart", "preStop"])
        {
            if (lifecycle.Object(hook) is { } handler)
            {
                Handler(findings, handler, spec, $"{field}.{hook}");
            }
        }
    }

    /// <summary>A port by its number or its name.</summary>
    public static void Port(Findings findings, JsonNode? port, string field)
    {
        if (port.AsText() is { } name)
        {
            findings.Invalid(field, name, NameRules.PortName(name));
            return;
        }

        var number = port.AsNumber() ?? 0;
        foreach (var problem in NameRules.Port(number))
        {
            findings.Invalid(field, number, problem);
        }
    }

    private static void Probe(Findings findings, JsonObject probe, JsonObject spec, string field)
    {
        Handler(findings, probe, spec, field);
        foreach (var name in (string[])["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"])
        {
            findings.NonNegative($"{field}.{name}", probe.NumberOf(name));
        }

        if (probe.NumberOf("terminationGracePeriodSeconds") is { } grace and <= 0)
        {
            findings.Invalid($"{field}.terminationGracePeriodSeconds", grace, "must be greater than 0");
        }
    }

    private static void Handler(Findings findings, JsonObject handler, JsonObject spec, string field)
    {
        var found = 0;
        foreach (var kind in Handlers)
        {
            if (handler.Object(kind) is not { } action)
            {
                continue;
            }

            var path = $"{field}.{kind}";
            if (found++ > 0)
            {
                findings.Forbidden(path, OneHandler);
            }
            else
            {
                Action(findings, kind, action, spec, path);
            }
        }

        if (found == 0)
        {
            findings.Required(field, "must specify a handler type");
        }
    }

    private static void Action(Findings findings, string kind, JsonObject action, JsonObject spec, string field)
    {
        switch (kind)
        {
            case "exec":
                if (action.Array("command") is not { Count: > 0 })
                {
                    findings.Required($"{field}.command");
                }

                break;
            case "httpGet":
                HttpGet(findings, action, field);
                break;
            case "tcpSocket" or "grpc":
                Port(findings, action["port"], $"{field}.port");
                break;
            case "sleep":
                var seconds = action.NumberOf("seconds") ?? 0;
                if (spec.NumberOf("terminationGracePeriodSeconds") is { } grace && (seconds < 0 || seconds > grace))
                {
                    findings.Invalid(field, seconds, $"must be non-negative and less than terminationGracePeriodSeconds ({grace})");
                }

                break;
        }
    }

    private static void HttpGet(Findings findings, JsonObject action, string field)
    {
        if (action.TextOf("path").Length == 0)
        {
            findings.Required($"{field}.path");
        }

        Port(findings, action["port"], $"{field}.port");
        if (action.TextOf("scheme") is not ("HTTP" or "HTTPS"))
        {
            findings.NotSupported($"{field}.scheme", action.TextOf("scheme"), "HTTP", "HTTPS");
        }

        foreach (var header in action.Objects("httpHeaders"))
        {
            findings.Invalid($"{field}.httpHeaders", header.TextOf("name"), NameRules.HttpHeader(header.TextOf("name")));
        }
    }
}
