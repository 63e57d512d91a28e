namespace Turbulence.Testing.Frameworks;

/// <summary>The test that runs, as the framework knows it that runs it.</summary>
internal interface ITestFramework
{
    /// <summary>The test's name, with its arguments where it has some.</summary>
    string TestName { get; }

    /// <summary>Cancelled when nobody wants the test to go on.</summary>
    CancellationToken CancellationToken { get; }

    /// <summary>Says something in the test's output.</summary>
    void WriteLine(string line);

    /// <summary>Puts a file beside the test's result.</summary>
    /// <param name="name">What it is called, one of a kind in the test.</param>
    /// <param name="path">The file, which stays.</param>
    void Attach(string name, string path);
}
