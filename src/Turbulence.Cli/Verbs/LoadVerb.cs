using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Signals;
using Turbulence.Cli.Terminal;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Load;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Load.Schedules;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos load</c>: sends requests on a schedule, and says what became of each.</summary>
internal static class LoadVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var url = new Argument<Uri>("URL") { Description = "Where the requests go: an http or https URL.", CustomParser = ReadUrl };
        var rate = new Option<double?>("--rate")
        {
            HelpName = "PER_SECOND",
            Description = "Send so many requests a second, whatever becomes of them.",
            CustomParser = ReadRate,
        };
        var users = Whole(
            "--users",
            "N",
            "Let so many users ask, each of whom waits for his answer before he asks again, instead of a rate.",
            1,
            LoadSchedule.MostUsers);
        var duration = Choice.Seconds("--duration", "Send them for so long. Default: 10.");
        var timeout = Choice.Seconds("--timeout", "Wait so long for an answer, from the moment at which the request was due. Default: 2.");
        var arrivals = Choice.Defaulted(
            "--arrivals",
            "Let requests come at equal distances, or by chance as users do who know nothing of one another",
            "even",
            "even",
            "chance");
        var connections = Choice.Defaulted("--connections", "Use connections again, or one for each request", "kept", "kept", "fresh");
        var method = new Option<string>("--method")
        {
            HelpName = "METHOD",
            Description = "Send requests with this method.",
            DefaultValueFactory = static _ => "GET",
        };
        var header = new Option<KeyValuePair<string, string>[]>("--header")
        {
            HelpName = "NAME:VALUE",
            Description = "Send this header; may be given several times.",
            CustomParser = ReadHeaders,
        };
        var classes = new Option<AnswerClass[]>("--class")
        {
            HelpName = "NAME=PATTERN",
            Description = "Count answers apart in whose body this regular expression is found; may be given several times.",
            CustomParser = ReadClasses,
        };
        var version = Choice.Defaulted("--http-version", "Send requests over this version of HTTP", "1.1", "1.1", "2");
        var proxy = new Option<Uri?>("--proxy")
        {
            HelpName = "URL",
            Description = "Send them through this HTTP proxy; the environment's is not used.",
            CustomParser = static result => ReadProxy(result),
        };
        var insecure = Choice.Flag("--insecure", "Let servers have any certificate.");
        var authorities = new Option<string?>("--cacert")
        {
            HelpName = "FILE",
            Description = "Trust the servers for which the certificates in this PEM file vouch, and no others.",
        };
        var seed = Whole("--seed", "N", "What all chance comes from. Default: 0.", 0, int.MaxValue);
        var output = Choice.Defaulted("--output", "Print a table, or JSON for programs", "table", "table", "json");
        var verb = new Command("load", "Send requests on a schedule, and say what became of each.")
        {
            url, rate, users, duration, timeout, arrivals, connections, method, header, classes,
            version, proxy, insecure, authorities, seed, output,
        };
        verb.Validators.Add(result =>
        {
            if ((result.GetResult(rate) is null) == (result.GetResult(users) is null))
            {
                result.AddError(result.GetResult(rate) is null
                    ? "--rate is missing: how many requests a second"
                    : "--rate and --users exclude each other");
            }

            if (result.GetValue(insecure) && result.GetResult(authorities) is not null)
            {
                result.AddError("--insecure and --cacert exclude each other");
            }
        });
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            try
            {
                var length = parsed.GetValue(duration) ?? TimeSpan.FromSeconds(10);
                var most = Math.Max(parsed.GetValue(users) ?? 0, LoadConnections.DefaultMost);
                var request = new LoadRequest(parsed.GetRequiredValue(url))
                {
                    Method = parsed.GetRequiredValue(method),
                    Headers = parsed.GetValue(header) ?? [],
                };
                var plan = new LoadPlan(
                    [request], Schedule(parsed.GetValue(rate), parsed.GetValue(users), length, parsed.GetValue(arrivals) == "chance"))
                {
                    Timeout = parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(2),
                    Connections = parsed.GetValue(connections) == "fresh" ? new LoadConnections(1, most) : new LoadConnections(0, most),
                    Transport = new LoadTransport(
                        parsed.GetValue(version) == "2",
                        parsed.GetValue(proxy),
                        !parsed.GetValue(insecure),
                        parsed.GetValue(authorities) is { } file ? AuthorityFile.Read(file) : null),
                    Classes = parsed.GetValue(classes) ?? [],
                    Seed = parsed.GetValue(seed) ?? 0,
                };
                var isJson = parsed.GetValue(output) == "json";
                return await SendAsync(new LoadGenerator(plan, around.Time), around, outputs, isJson);
            }
            catch (ArgumentException problem)
            {
                outputs.Say(NoticeLevel.Error, PrintableText.OneLine(problem is { ParamName: { } name }
                    ? problem.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
                    : problem.Message));
                return ExitCode.Usage(settings.Compatibility);
            }
        });
        return verb;
    }

    private static async Task<int> SendAsync(LoadGenerator generator, Surroundings around, Outputs outputs, bool isJson)
    {
        using var stop = new RunStop();
        using var signals = new SignalWatch(stop.Request);
        LoadResult result;
        try
        {
            var sending = generator.RunAsync(stop.Run);
            await LoadDisplay.ShowAsync(sending, generator, around);
            result = await sending;
        }
        catch (IOException failure)
        {
            outputs.Say(NoticeLevel.Error, PrintableText.OneLine($"The load could not be sent: {failure.Message}"));
            return ExitCode.Failed;
        }

        if (isJson)
        {
            around.Out.WriteLine(LoadJson.Of(result).ToJsonString(Indented));
        }
        else
        {
            foreach (var line in LoadText.Table(result))
            {
                around.Out.WriteLine(line);
            }
        }

        around.Out.Flush();
        if (stop.Interruption is { } interruption)
        {
            outputs.Say(NoticeLevel.Warning, $"{interruption.Message.TrimEnd('.')}; the load was ended before its time");
            return ExitCode.Interrupted;
        }

        if ((result.Bottleneck ?? result.Doubt) is { } bottleneck)
        {
            outputs.Say(NoticeLevel.Warning, $"Inconclusive: {bottleneck}");
            return ExitCode.Inconclusive;
        }

        return ExitCode.Done;
    }

    private static LoadSchedule Schedule(double? rate, int? users, TimeSpan duration, bool isByChance) => users is { } count
        ? LoadSchedule.Closed(count, duration)
        : LoadSchedule.Open([new RateSegment(rate!.Value, rate.Value, duration)], isByChance);

    private static Uri? ReadProxy(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.Host.Length > 0)
        {
            return url;
        }

        result.AddError($"'{text}' is no http URL such as http://localhost:3128");
        return null;
    }

    private static Uri? ReadUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.Host.Length > 0)
        {
            return url;
        }

        result.AddError($"'{text}' is no http or https URL such as http://localhost:8001/");
        return null;
    }

    private static KeyValuePair<string, string>[] ReadHeaders(ArgumentResult result) =>
        [.. Each(result, "--header", "NAME:VALUE", static text => text.Split(':', 2) is [{ Length: > 0 }, _] parts ? parts : null).Select(
            static parts => KeyValuePair.Create(parts[0].Trim(), parts[1].Trim()))];

    private static AnswerClass[] ReadClasses(ArgumentResult result) =>
        Each(result, "--class", "NAME=PATTERN", static text => text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } pattern]
            ? new AnswerClass(name, new AnswerPattern(pattern))
            : null);

    private static T[] Each<T>(ArgumentResult result, string option, string form, Func<string, T?> read)
        where T : class
    {
        List<T> all = [];
        foreach (var text in result.Tokens.Select(static token => token.Value))
        {
            try
            {
                if (read(text) is { } one)
                {
                    all.Add(one);
                    continue;
                }

                result.AddError($"'{text}' is not a value for {option}; it takes {form}");
            }
            catch (ArgumentException problem)
            {
                result.AddError($"'{text}' is not a value for {option}: {problem.Message.TrimEnd('.')}");
            }
        }

        return [.. all];
    }

    private static Option<int?> Whole(string name, string unit, string description, int least, int most) => new(name)
    {
        HelpName = unit,
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            result.AddError($"'{text}' is not a value for {name}; it takes a whole number from {least} to {most}");
            return null;
        },
    };

    private static double? ReadRate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is >= LoadSchedule.LeastRate and <= LoadSchedule.MostRate)
        {
            return number;
        }

        result.AddError(
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{text}' is not a value for --rate; it takes a number of requests a second from {LoadSchedule.LeastRate} to {LoadSchedule.MostRate}"));
        return null;
    }
}
