namespace Turbulence.Testing.Frameworks;

/// <summary>A test of a framework that is not known here, or a program that is none: files stay where they were written.</summary>
internal sealed class UnknownTest : ITestFramework
{
    public static UnknownTest Instance { get; } = new();

    public string TestName => "chaos";

    public CancellationToken CancellationToken => CancellationToken.None;

    public void WriteLine(string line) => Console.Out.WriteLine(line);

    public void Attach(string name, string path)
    {
    }
}
