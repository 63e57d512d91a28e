using Spectre.Console;
using Spectre.Console.Rendering;

namespace Turbulence.Cli.Terminal;

/// <summary>A console whose keyboard can say that it has nothing more to say: Ctrl-D leaves, as Ctrl-C does.</summary>
/// <param name="inner">Does everything else.</param>
internal sealed class QuestionConsole(IAnsiConsole inner) : IAnsiConsole
{
    /// <inheritdoc/>
    public Profile Profile => inner.Profile;

    /// <inheritdoc/>
    public IAnsiConsoleCursor Cursor => inner.Cursor;

    /// <inheritdoc/>
    public IAnsiConsoleInput Input { get; } = new Keyboard(inner.Input);

    /// <inheritdoc/>
    public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;

    /// <inheritdoc/>
    public RenderPipeline Pipeline => inner.Pipeline;

    /// <inheritdoc/>
    public void Clear(bool home) => inner.Clear(home);

    /// <inheritdoc/>
    public void Write(IRenderable renderable) => inner.Write(renderable);

    /// <inheritdoc/>
    public void WriteAnsi(Action<AnsiWriter> action) => inner.WriteAnsi(action);

    private sealed class Keyboard(IAnsiConsoleInput keys) : IAnsiConsoleInput
    {
        public bool IsKeyAvailable() => keys.IsKeyAvailable();

        public ConsoleKeyInfo? ReadKey(bool intercept) => Checked(keys.ReadKey(intercept));

        public async Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) =>
            Checked(await keys.ReadKeyAsync(intercept, cancellationToken));

        // The terminal does not turn the key into an end of input while single keys are read.
        private static ConsoleKeyInfo? Checked(ConsoleKeyInfo? key) =>
            key is { KeyChar: '\x04' } or { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control }
                ? throw new EndOfStreamException()
                : key;
    }
}
