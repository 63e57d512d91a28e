using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Cli.Wizard.Discoveries;
using Turbulence.Json;

namespace Turbulence.Cli.Wizard;

/// <summary>Makes activities of what somebody said, with the names and time limits that they would want.</summary>
internal static class ActivityDrafts
{
    private const int LongestName = 60;
    private const int RequestSeconds = 5;
    private const int ProbeSeconds = 10;

    /// <summary>A request.</summary>
    /// <param name="type"><c>probe</c> or <c>action</c>.</param>
    /// <param name="url">The URL.</param>
    /// <param name="method">The method; null for GET.</param>
    public static ActivityDraft Http(string type, string url, string? method = null)
    {
        var provider = new JsonObject { ["type"] = "http", ["url"] = url };
        if (method is not null and not "GET")
        {
            provider["method"] = method;
        }

        provider["timeout"] = RequestSeconds;
        var place = Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            ? $"{parsed.Host} {(parsed.IsDefaultPort ? "" : parsed.Port)} {parsed.AbsolutePath}"
            : "url";
        return new ActivityDraft(type, type == "probe" ? Named($"{place} answers") : Named($"{method ?? "GET"} {place}"), provider);
    }

    /// <summary>A program. Only a probe gets a time limit: nobody knows how long it takes to change a system, or to put it back.</summary>
    /// <param name="type"><c>probe</c> or <c>action</c>.</param>
    /// <param name="command">The command line; it gives the name.</param>
    /// <param name="provider">The provider.</param>
    public static ActivityDraft Process(string type, string command, JsonObject provider)
    {
        if (type == "probe")
        {
            provider["timeout"] = ProbeSeconds;
        }

        return new ActivityDraft(type, Named(command), provider);
    }

    /// <summary>Requests for a while, beside what follows; none of them may be lost.</summary>
    /// <param name="url">Where they go.</param>
    /// <param name="rate">How many a second.</param>
    /// <param name="seconds">For how long.</param>
    public static ActivityDraft Load(string url, double rate, double seconds) =>
        new("action", "users", new JsonObject { ["type"] = "load", ["url"] = url, ["rate"] = rate, ["duration"] = seconds })
        {
            IsInBackground = true,
            Tolerance = new JsonObject { ["type"] = "load", ["lost"] = 0 },
        };

    /// <summary>A discovered activity.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ActivityDraft Discovered(DiscoveredActivity activity, JsonObject arguments)
    {
        var provider = activity.Provider.DeepClone().AsObject();
        if (arguments.Count > 0)
        {
            provider["arguments"] = arguments;
        }

        return new ActivityDraft(activity.Type, activity.Name, provider)
        {
            ReturnType = activity.ReturnType,

            // A fault that is taken back before anybody has looked shows nothing.
            PauseAfter = provider["type"]?.GetValue<string>() == "fault" && JsonNumbers.TryReadDouble(provider["duration"], out var seconds)
                ? seconds
                : null,
        };
    }

    // Letters and digits in lower case, joined by dashes: what the names of the samples look like.
    private static string Named(string text)
    {
        var name = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                name.Append(char.ToLowerInvariant(letter));
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }

            if (name.Length == LongestName)
            {
                break;
            }
        }

        return name.ToString().Trim('-') is { Length: > 0 } found ? found : "activity";
    }
}
