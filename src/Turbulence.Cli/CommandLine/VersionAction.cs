using System.CommandLine;
using System.CommandLine.Invocation;

namespace Turbulence.Cli.CommandLine;

/// <summary><c>--version</c>: one line in the reference's form.</summary>
/// <param name="output">Takes the line.</param>
internal sealed class VersionAction(TextWriter output) : SynchronousCommandLineAction
{
    /// <summary>A verb need not be there.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        output.WriteLine($"chaos, version {ProgramVersion.Text}");
        return ExitCode.Done;
    }
}
