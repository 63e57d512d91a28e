namespace Turbulence.DotNetWorker.Values;

/// <summary>Ends the writing of an output from inside of the serializer.</summary>
internal sealed class OutputTooLargeException : Exception;
