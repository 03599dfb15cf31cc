using System.ComponentModel;
using System.Diagnostics;

namespace LiveViz.Tests.Services;

/// <summary>Skips where strace is missing, or not allowed to trace.</summary>
internal sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute()
    {
        if (!CanTrace())
        {
            Skip = "strace is missing, or not allowed to trace.";
        }
    }

    private static bool CanTrace()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("strace", ["-f", "-q", "-o", "/dev/null", "-e", "trace=fsync", "true"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
