namespace Turbulence.Platform.Processes;

internal enum ChildOutputKind
{
    Null,
    Inherit,
    Stream,
    Capture,
    File,
}
