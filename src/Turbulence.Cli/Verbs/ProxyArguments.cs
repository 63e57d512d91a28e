using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Cli.Verbs;

/// <summary>What several of the proxy verbs take.</summary>
internal static class ProxyArguments
{
    /// <summary>A verb with the short names that it has in Toxiproxy's command.</summary>
    public static Command Aliased(Command verb, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            verb.Aliases.Add(name);
        }

        return verb;
    }

    /// <summary>The proxy.</summary>
    public static Argument<string> Proxy() => new("PROXY") { Description = "The proxy's name." };

    /// <summary>The toxic's name.</summary>
    public static Option<string> ToxicName(string description, bool isNeeded) =>
        new("--name", "-n", "--toxicName") { HelpName = "NAME", Description = description, Required = isNeeded };

    /// <summary>The toxic's attributes.</summary>
    public static Option<string[]> Attributes() =>
        Checked(new Option<string[]>("--attribute", "-a") { HelpName = "NAME=VALUE", Description = "Set an attribute; repeatable." });

    /// <summary>The share of connections that a toxic hits.</summary>
    public static Option<double?> Toxicity(string description) => new("--toxicity", "--tox")
    {
        HelpName = "SHARE",
        Description = description,
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
            {
                return share;
            }

            result.AddError($"'{text}' is not a value for --toxicity; it takes a number from 0 to 1");
            return null;
        },
    };

    /// <summary>What was given of a toxic, for a body.</summary>
    public static JsonObject Body(double? toxicity, string[]? attributes, TimeSpan? ttl)
    {
        var body = new JsonObject();
        if (toxicity is { } share)
        {
            body["toxicity"] = share;
        }

        if (attributes is { Length: > 0 } pairs)
        {
            var given = new JsonObject();
            foreach (var pair in pairs)
            {
                given[
                    pair[..pair.IndexOf('=', StringComparison.Ordinal)]] = Value(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            }

            body["attributes"] = given;
        }

        if (ttl is { } time)
        {
            body["ttl"] = time.TotalMilliseconds;
        }

        return body;
    }

    private static JsonValue Value(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
        : bool.TryParse(text, out var flag) ? JsonValue.Create(flag)
        : JsonValue.Create(text);

    private static Option<string[]> Checked(Option<string[]> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1) is { } wrong)
            {
                result.AddError($"'{wrong.Value}' is not a value for --attribute; it takes NAME=VALUE, such as latency=100");
            }
        });
        return option;
    }
}
