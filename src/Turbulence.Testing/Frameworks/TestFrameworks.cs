namespace Turbulence.Testing.Frameworks;

/// <summary>
/// Finds the framework that runs the test. None is referenced: each is asked by the names of its public members, which the trimmer sees,
/// since they are constants.
/// </summary>
internal static class TestFrameworks
{
    /// <summary>That of the test that runs in this flow.</summary>
    public static ITestFramework Current =>
        XunitTest.Find() ?? TUnitTest.Find() ?? MSTestTest.Find() ?? NUnitTest.Find() ?? UnknownTest.Instance;
}
