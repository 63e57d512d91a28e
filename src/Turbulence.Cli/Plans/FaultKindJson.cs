using System.Text.Json.Nodes;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;

namespace Turbulence.Cli.Plans;

/// <summary>Writes a kind of fault for programs.</summary>
internal static class FaultKindJson
{
    /// <summary>A kind, for programs.</summary>
    public static JsonObject Of(FaultKindDescription kind) => new()
    {
        ["name"] = kind.Name,
        ["summary"] = kind.Summary,
        ["platforms"] = Texts(kind.Platforms),
        ["privilege"] = kind.Privilege,
        ["longest_duration"] = kind.LongestDuration?.TotalSeconds,
        ["arguments"] = new JsonArray([.. kind.Arguments.Select(Of)]),
        ["groups"] = new JsonArray([.. kind.Groups.Select(group => new JsonObject
        {
            ["names"] = Texts(group.Names),
            ["least"] = group.IsNeeded ? 1 : 0,
            ["most"] = 1,
        })]),
    };

    private static JsonObject Of(FaultArgument argument) => new()
    {
        ["name"] = argument.Name,
        ["type"] = argument.TypeName,
        ["list"] = argument.MayBeList,
        ["summary"] = argument.Summary,
        ["required"] = argument.IsRequired,
        ["unit"] = argument.Unit,
        ["least"] = argument.Least,
        ["least_excluded"] = argument.IsLeastExcluded,
        ["most"] = argument.Most,
        ["default"] = argument.DefaultText,
        ["choices"] = Texts(argument.Choices),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
