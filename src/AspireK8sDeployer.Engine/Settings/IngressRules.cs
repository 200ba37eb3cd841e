namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the Ingress.</summary>
internal static class IngressRules
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";

    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        if (settings.Ingress is not { } ingress)
        {
            return;
        }

        errors.Unless(
            Enum.IsDefined(ingress.PathType), "Ingress.PathType", $"{(int)ingress.PathType} is not a path type",
            ".WithIngress(i => i.PathType = IngressPathType.Prefix)");
        errors.Unless(
            ingress.ClassName is null || SyntaxRules.IsDnsSubdomain(ingress.ClassName), "Ingress.ClassName",
            $"'{ingress.ClassName}' is not the name of an IngressClass", ".WithIngress(i => i.ClassName = \"nginx\")");
        errors.Unless(
            ingress.ClassName is null || !ingress.Annotations.TryGetValue(ClassAnnotation, out var named) || named == ingress.ClassName, "Ingress.ClassName",
            $"'{ingress.ClassName}' and the annotation {ClassAnnotation} name different classes", "leave the annotation out");
        HostRules.Check(ingress.Host, "Ingress.Host", ".WithIngress(\"greeter.example.com\")", errors);
        PathRules.CheckIngress(
            ingress.Path, ingress.PathType == IngressPathType.ImplementationSpecific, "Ingress.Path", ".WithIngress(i => i.Path = \"/greeter\")", errors);
        CheckTls(ingress, errors);
        MetadataRules.CheckAnnotations(
            ingress.Annotations, settings.Annotations, "Ingress.Annotations", ".WithIngress(i => i.Annotations[\"example.com/key\"] = \"value\")", errors);
    }

    private static void CheckTls(IngressSettings ingress, SettingsErrors errors)
    {
        if (!ingress.TlsEnabled)
        {
            // Taken silently, it would leave the pipeline on plain HTTP.
            errors.Unless(
                ingress.TlsSecretName is null, "Ingress.TlsSecretName", $"'{ingress.TlsSecretName}' has no effect while TLS is off",
                ".WithIngress(i => i.TlsEnabled = true)");
            return;
        }

        errors.Unless(ingress.Host is not null, "Ingress.Host", "TLS needs a host, for which the certificate is", ".WithIngress(\"greeter.example.com\")");
        const string Mend = ".WithIngress(i => i.TlsSecretName = \"greeter-tls\")";
        errors.Unless(ingress.TlsSecretName is not null, "Ingress.TlsSecretName", "TLS needs the name of a Secret with the certificate", Mend);
        errors.Unless(
            ingress.TlsSecretName is null || SyntaxRules.IsDnsSubdomain(ingress.TlsSecretName), "Ingress.TlsSecretName",
            $"'{ingress.TlsSecretName}' is not the name of a Secret", Mend);
    }
}
