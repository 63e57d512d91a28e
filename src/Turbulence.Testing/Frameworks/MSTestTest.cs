namespace Turbulence.Testing.Frameworks;

/// <summary>A test of MSTest 4, by <c>TestContext.Current</c>.</summary>
internal sealed class MSTestTest : ITestFramework
{
    private readonly object context;

    private MSTestTest(object context) => this.context = context;

    public static ITestFramework? Find() =>
        Type.GetType("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework.Extensions")
            ?.GetProperty("Current")?.GetValue(null) is { } context ? new MSTestTest(context) : null;

    public string TestName =>
        Type.GetType("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework.Extensions")
            ?.GetProperty("TestDisplayName")?.GetValue(context) as string
        ?? Type.GetType("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework.Extensions")
            ?.GetProperty("TestName")?.GetValue(context) as string
        ?? "test";

    public CancellationToken CancellationToken =>
        Type.GetType("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework.Extensions")
            ?.GetProperty("CancellationToken")?.GetValue(context) as CancellationToken? ?? default;

    public void WriteLine(string line) =>
        Type.GetType("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework.Extensions")
            ?.GetMethod("WriteLine", [typeof(string)])?.Invoke(context, [line]);

    public void Attach(string name, string path) =>
        Type.GetType("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework.Extensions")
            ?.GetMethod("AddResultFile", [typeof(string)])?.Invoke(context, [path]);
}
