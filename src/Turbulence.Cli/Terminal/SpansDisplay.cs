using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Terminal.Live;
using Turbulence.Faults.Residents;

namespace Turbulence.Cli.Terminal;

/// <summary>Shows a table that changes while a process is watched, at a terminal.</summary>
internal sealed class SpansDisplay(Surroundings around, string process) : IDisposable
{
    private readonly LiveScreen screen = LiveTerminal.OpenScreen(around.Error, out _);

    public void Show(IReadOnlyList<SeenOperation> seen, TimeSpan watched) => screen.Draw(
        [], [.. SpansText.Rows(process, watched, seen).Select(static line => new Row(0, "", Look.Quiet) { Cut = true }.Text(line, Look.Heading))]);

    public void Clear() => screen.Draw([], []);

    public void Dispose() => screen.Dispose();
}
