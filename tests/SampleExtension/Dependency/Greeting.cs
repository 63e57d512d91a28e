namespace SampleDependency;

/// <summary>What the extension needs of another assembly.</summary>
public static class Greeting
{
    /// <summary>Greets somebody.</summary>
    public static string For(string name) => $"hello {name}";
}
