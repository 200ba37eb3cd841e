using System.Runtime.InteropServices;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Notes which signal ended the process: a script tells an impatient user (130) from a stopped build (143) by it.</summary>
internal static class Interruption
{
    // For as long as the process lives; the host does with the signal what it always does.
    private static readonly Lazy<PosixSignalRegistration> Registration = new(() => PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => WasTermination = true));

    public static bool WasTermination { get; private set; }

    public static void Observe() => _ = Registration.Value;
}
