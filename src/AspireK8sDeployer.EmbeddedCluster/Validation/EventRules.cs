using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Events, by the rules of the core group and by the stricter ones of <c>events.k8s.io</c>.</summary>
internal static class EventRules
{
    private const int MostInstanceLetters = 128;
    private const int MostReasonLetters = 128;
    private const int MostNoteLetters = 1024;

    public static void Core(Findings findings, JsonObject obj)
    {
        var subject = obj.ObjectOrNew("involvedObject");
        Check(findings, obj, subject.TextOf("namespace"), "involvedObject", "reportingComponent", "message");
    }

    public static void New(Findings findings, JsonObject obj)
    {
        var subject = obj.ObjectOrNew("regarding");
        Check(findings, obj, subject.TextOf("namespace"), "involvedObject", "reportingController", "note");
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        if (obj.Object("series") is { } series && (series.NumberOf("count") ?? 0) < 2)
        {
            findings.Invalid("series.count", "", "should be at least 2");
        }

        if (!obj.Has("eventTime"))
        {
            findings.Required("eventTime");
        }

        if (obj.TextOf("type") is var type and not ("Normal" or "Warning"))
        {
            findings.Invalid("type", "", $"has invalid value: {type}");
        }

        foreach (var (old, name) in ((string, string)[])[("deprecatedFirstTimestamp", "firstTimestamp"), ("deprecatedLastTimestamp", "lastTimestamp")])
        {
            if (obj.Has(old))
            {
                findings.Invalid(name, "", "needs to be unset");
            }
        }

        if ((obj.NumberOf("deprecatedCount") ?? 0) != 0)
        {
            findings.Invalid("count", "", "needs to be unset");
        }

        if (obj.Object("deprecatedSource") is { Count: > 0 })
        {
            findings.Invalid("source", "", "needs to be unset");
        }
    }

    private static void Check(Findings findings, JsonObject obj, string subject, string subjectField, string controllerField, string noteField)
    {
        var own = obj.ObjectOrNew("metadata").TextOf("namespace");
        var hasTime = obj.Has("eventTime");
        var allowed = hasTime ? own is "default" or "kube-system" : own is "" or "default";
        if (subject.Length == 0 ? !allowed : !hasTime && own != subject)
        {
            findings.Invalid($"{subjectField}.namespace", subject, "does not match event.namespace");
        }

        if (hasTime)
        {
            Timed(findings, obj, controllerField, noteField);
        }

        findings.Invalid("namespace", own, NameRules.Subdomain(own));
    }

    private static void Timed(Findings findings, JsonObject obj, string controllerField, string noteField)
    {
        var controller = obj.TextOf(controllerField);
        if (controller.Length == 0)
        {
            findings.Required(controllerField);
        }

        findings.Invalid(controllerField, controller, NameRules.Qualified(controller));
        Text("reportingInstance", obj.TextOf("reportingInstance"), MostInstanceLetters, isRequired: true);
        Text("action", obj.TextOf("action"), MostReasonLetters, isRequired: true);
        Text("reason", obj.TextOf("reason"), MostReasonLetters, isRequired: true);
        Text("message", obj.TextOf(noteField), MostNoteLetters, isRequired: false);

        void Text(string field, string value, int most, bool isRequired)
        {
            if (isRequired && value.Length == 0)
            {
                findings.Required(field);
            }

            if (value.Length > most)
            {
                findings.Invalid(field, "", $"can have at most {most} characters");
            }
        }
    }
}
