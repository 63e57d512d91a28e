namespace Turbulence.Loading;

/// <summary>The notation of a document.</summary>
internal enum DocumentFormat
{
    Json,
    Yaml,
}
