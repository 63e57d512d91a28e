using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

/// <summary>
/// What <c>dotnet test</c> runs of the tests that are enumerations, where each row starts programs: a share that meets every kind and every
/// phase. The gate sets <c>TURBULENCE_TESTS=all</c> and runs all of them. What is left to it is skipped by name.
/// </summary>
internal static class Share
{
    /// <summary>Why a test is skipped that is left to the gate.</summary>
    public const string Rest = "left to the gate; TURBULENCE_TESTS=all dotnet test runs all";

    /// <summary>Whether all tests run.</summary>
    public static bool IsAll { get; } = Environment.GetEnvironmentVariable("TURBULENCE_TESTS") == "all";

    /// <summary>Leaves all rows to the gate but those that are chosen.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="isChosen">Whether the row of a number, from 0, is one of the share.</param>
    public static TRows Of<TRows>(TRows rows, Func<int, bool> isChosen)
        where TRows : IEnumerable<TheoryDataRowBase>
    {
        var number = 0;
        foreach (var row in rows)
        {
            if (!IsAll && !isChosen(number++))
            {
                row.Skip = Rest;
            }
        }

        return rows;
    }

    /// <summary>Leaves all rows to the gate but every so many.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="every">How many to go on by.</param>
    /// <param name="first">The number of the first one that is chosen, from 0; where several tests have the same rows, another for each, so
    /// that together they meet all of them.</param>
    public static TRows Of<TRows>(TRows rows, int every, int first = 0)
        where TRows : IEnumerable<TheoryDataRowBase> => Of(rows, number => number % every == first % every);
}

/// <summary>A row of a theory, as <see cref="InlineDataAttribute"/> is one, that is left to the gate: see <see cref="Share"/>.</summary>
/// <param name="data">The arguments.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class GateDataAttribute(params object?[]? data) : DataAttribute
{
    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow(data ?? [null]) { Skip = Share.IsAll ? null : Share.Rest }]);

    /// <inheritdoc />
    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>
/// A test that is left to the gate: see <see cref="Share"/>. For what starts many programs, and whose like is met by others.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GateFactAttribute : FactAttribute
{
    /// <summary>Marks the test.</summary>
    public GateFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = Share.IsAll ? null : Share.Rest;
}
