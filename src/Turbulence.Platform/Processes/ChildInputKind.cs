namespace Turbulence.Platform.Processes;

internal enum ChildInputKind
{
    Null,
    Inherit,
    Stream,
    Bytes,
}
