namespace Turbulence.Testing.Frameworks;

/// <summary>A test of xUnit v3, by <c>Xunit.TestContext.Current</c>.</summary>
internal sealed class XunitTest : ITestFramework
{
    // An attachment is kept in memory, and by some runners sent as text.
    private const long MostBytes = 16 << 20;

    private readonly object context;
    private readonly object test;

    private XunitTest(object context, object test)
    {
        this.context = context;
        this.test = test;
    }

    public static ITestFramework? Find() =>
        Type.GetType("Xunit.TestContext, xunit.v3.core")?.GetProperty("Current")?.GetValue(null) is { } context
            && Type.GetType("Xunit.ITestContext, xunit.v3.core")?.GetProperty("Test")?.GetValue(context) is { } test
            ? new XunitTest(context, test)
            : null;

    public string TestName =>
        Type.GetType("Xunit.Sdk.ITestMetadata, xunit.v3.common")?.GetProperty("TestDisplayName")?.GetValue(test) as string ?? "test";

    public CancellationToken CancellationToken =>
        Type.GetType("Xunit.ITestContext, xunit.v3.core")?.GetProperty("CancellationToken")?.GetValue(context) as CancellationToken? ?? default;

    public void WriteLine(string line)
    {
        if (Type.GetType("Xunit.ITestContext, xunit.v3.core")?.GetProperty("TestOutputHelper")?.GetValue(context) is { } output)
        {
            Type.GetType("Xunit.ITestOutputHelper, xunit.v3.core")?.GetMethod("WriteLine", [typeof(string)])?.Invoke(output, [line]);
        }
    }

    public void Attach(string name, string path)
    {
        if (new FileInfo(path).Length <= MostBytes)
        {
            var type = path.EndsWith(".html", StringComparison.Ordinal) ? "text/html" : "application/json";
            Type.GetType("Xunit.ITestContext, xunit.v3.core")
                ?.GetMethod("AddAttachment", [typeof(string), typeof(byte[]), typeof(bool), typeof(string)])
                ?.Invoke(context, [name, File.ReadAllBytes(path), true, type]);
        }
    }
}
