namespace Turbulence.Testing.Frameworks;

/// <summary>A test of TUnit, by <c>TUnit.Core.TestContext.Current</c>.</summary>
internal sealed class TUnitTest : ITestFramework
{
    private readonly object context;

    private TUnitTest(object context) => this.context = context;

    public static ITestFramework? Find() =>
        Type.GetType("TUnit.Core.TestContext, TUnit.Core")?.GetProperty("Current")?.GetValue(null) is { } context ? new TUnitTest(context) : null;

    public string TestName =>
        Type.GetType("TUnit.Core.TestContext, TUnit.Core")?.GetProperty("Metadata")?.GetValue(context) is { } metadata
            && Type.GetType("TUnit.Core.Interfaces.ITestMetadata, TUnit.Core")?.GetProperty("DisplayName")?.GetValue(metadata) is string name
            ? name
            : "test";

    public CancellationToken CancellationToken =>
        Type.GetType("TUnit.Core.TestContext, TUnit.Core")?.GetProperty("Execution")?.GetValue(context) is { } execution
            && Type.GetType("TUnit.Core.Interfaces.ITestExecution, TUnit.Core")?.GetProperty("CancellationToken")?.GetValue(execution) is CancellationToken token
            ? token
            : default;

    private object? Output => Type.GetType("TUnit.Core.TestContext, TUnit.Core")?.GetProperty("Output")?.GetValue(context);

    public void WriteLine(string line)
    {
        if (Output is { } output)
        {
            (Type.GetType("TUnit.Core.Interfaces.ITestOutput, TUnit.Core")?.GetProperty("StandardOutput")?.GetValue(output) as TextWriter)
                ?.WriteLine(line);
        }
    }

    public void Attach(string name, string path)
    {
        if (Output is { } output)
        {
            Type.GetType("TUnit.Core.Interfaces.ITestOutput, TUnit.Core")
                ?.GetMethod("AttachArtifact", [typeof(string), typeof(string), typeof(string)])
                ?.Invoke(output, [path, name, null]);
        }
    }
}
