using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>What kinds of <c>dotnet.*</c> are told that could never have the effect that is meant.</summary>
public sealed class DotNetArgumentsTests
{
    [Theory]
    [InlineData("dotnet.http", """{"lose": false}""", "'lose' of dotnet.http says what is done, and can only be true")]
    [InlineData("dotnet.http", """{"lose": "False"}""", "can only be true")]
    [InlineData("dotnet.request", """{"abort": false}""", "can only be true")]
    [InlineData("dotnet.span", """{"source": "Npgsql", "fail": false}""", "can only be true")]
    [InlineData("dotnet.http", """{"status": 200, "type": "text/plain\r\nX-Other: 1"}""", "must be a content type")]
    [InlineData("dotnet.request", """{"status": 200, "type": "text/é"}""", "must be a content type")]
    [InlineData("dotnet.http", """{"fail": "refused", "host": "http://shop/"}""", "such as localhost:8002, not 'http://shop/'")]
    public void It_is_refused(string kind, string arguments, string reason) =>
        Assert.Contains(reason, Assert.Single(Problems(kind, arguments)).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("dotnet.http", """{"lose": true, "host": "[::1]:80"}""")]
    [InlineData("dotnet.http", """{"lose": "${lost}", "host": "${host}"}""")]
    [InlineData("dotnet.request", """{"status": 200, "type": "application/problem+json; charset=utf-8"}""")]
    public void It_is_taken(string kind, string arguments) => Assert.Empty(Problems(kind, arguments));

    private static IEnumerable<ArgumentProblem> Problems(string kind, string arguments)
    {
        Assert.True(BuiltInKinds.All.TryGet(kind, out var found));
        var given = JsonNode.Parse(arguments)!.AsObject();
        given["pid"] = 4711;
        var check = new ArgumentCheck(found.Description, null) { AreWritten = arguments.Contains('$', StringComparison.Ordinal) };
        return check.Problems(given);
    }
}
