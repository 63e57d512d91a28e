namespace Turbulence.Cli.Mcp;

/// <summary>A tool cannot do what was asked; the client is told why.</summary>
/// <param name="message">Why, in one line, without secrets.</param>
internal sealed class ToolException(string message) : Exception(message);
