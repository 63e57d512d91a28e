namespace Turbulence.Testing.Frameworks;

/// <summary>A test of NUnit, by <c>TestContext.CurrentContext</c>.</summary>
internal sealed class NUnitTest : ITestFramework
{
    // What NUnit says where no test runs.
    private const string NoTest = "AdhocTestMethod";

    private readonly object context;

    private NUnitTest(object context, string name)
    {
        this.context = context;
        TestName = name;
    }

    public static ITestFramework? Find() =>
        Type.GetType("NUnit.Framework.TestContext, nunit.framework")?.GetProperty("CurrentContext")?.GetValue(null) is { } context
            && Type.GetType("NUnit.Framework.TestContext, nunit.framework")?.GetProperty("Test")?.GetValue(context) is { } test
            && Type.GetType("NUnit.Framework.TestContext+TestAdapter, nunit.framework")?.GetProperty("FullName")?.GetValue(test) is string name
            && !name.Contains(NoTest, StringComparison.Ordinal)
            ? new NUnitTest(context, name)
            : null;

    public string TestName { get; }

    public CancellationToken CancellationToken =>
        Type.GetType("NUnit.Framework.TestContext, nunit.framework")?.GetProperty("CancellationToken")?.GetValue(context) as CancellationToken? ?? default;

    public void WriteLine(string line) =>
        (Type.GetType("NUnit.Framework.TestContext, nunit.framework")?.GetProperty("Out")?.GetValue(null) as TextWriter)?.WriteLine(line);

    public void Attach(string name, string path) =>
        Type.GetType("NUnit.Framework.TestContext, nunit.framework")
            ?.GetMethod("AddTestAttachment", [typeof(string), typeof(string)])?.Invoke(null, [path, name]);
}
