using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Signals;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Json;
using Turbulence.Platform.Files;
using Turbulence.Proxy;
using Turbulence.Proxy.Api;
using Turbulence.Proxy.Api.Bodies;
using Turbulence.Proxy.Api.Requests;
using Turbulence.Proxy.Api.Tokens;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos proxy serve</c>: proxies and their control API, until a signal. The first line tells where the API is; it is there when
/// everything listens.
/// </summary>
internal static class ProxyServeVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var host = new Option<string>("--host")
        {
            HelpName = "HOST",
            Description = "Let the API listen on this name or address.",
            DefaultValueFactory = static _ => "localhost",
        };
        var port = Port();
        var config = new Option<string?>("--config")
        {
            HelpName = "FILE",
            Description = "Make the proxies that this JSON file lists, as Toxiproxy's do, with their toxics.",
        };
        var seed = new Option<long>("--seed")
        {
            HelpName = "N",
            Description = "What decisions by chance come from.",
            CustomParser = ReadSeed,
            DefaultValueFactory = static _ => 0,
        };
        var token = new Option<string?>("--token-file")
        {
            HelpName = "FILE",
            Description = "Answer only requests that bring the token in this file; with - it is the first line of the standard input.",
        };
        var made = new Option<string?>("--make-token-file")
        {
            HelpName = "FILE",
            Description = "Make such a token, in this file of yours alone, which is not there yet and is removed at the end.",
        };
        var lifeline = new Option<bool>("--until-input-ends")
        {
            Description = "End when the standard input ends, as it does when whoever holds it dies.",
        };
        var decisions = new Option<string?>("--decisions")
        {
            HelpName = "FILE",
            Description = "Append a line of JSON to this file for each connection and request that a toxic hits.",
        };
        var limit = new Option<long?>("--decisions-limit")
        {
            HelpName = "BYTES",
            Description = $"Write at most so many bytes to that file, {ProxyServerOptions.LeastDecisionBytes} or more, and none before the first line.",
            CustomParser = ReadLimit,
        };
        var mask = new Option<string?>("--decisions-mask")
        {
            HelpName = "FILE",
            Description = "Write ***** there for each text in this file, a JSON list; with - it is the next line of the standard input.",
        };
        var verb = new Command("serve", "Serve proxies, and Toxiproxy's API to control them, until a signal.")
        {
            host,
            port,
            config,
            seed,
            decisions,
            limit,
            mask,
            token,
            made,
            lifeline,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetResult(decisions) is null && (result.GetResult(limit) ?? result.GetResult(mask)) is { } alone)
            {
                result.AddError($"{alone.Option.Name} is about the file of --decisions, which is not given");
            }

            if (result.GetResult(token) is not null && result.GetResult(made) is not null)
            {
                result.AddError("--token-file and --make-token-file are two tokens; give one of them");
            }
        });
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            if (!WorkingDirectory.TryMove(settings, outputs, isNeeded: false))
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            try
            {
                using var own = parsed.GetValue(made) is { } file ? TokenFile.Make(file) : null;
                var options = new ProxyApiOptions
                {
                    Host = parsed.GetRequiredValue(host),
                    Port = parsed.GetValue(port),
                    Token = own?.Token ?? ReadToken(parsed.GetValue(token)),
                    Version = ProgramVersion.Text,
                };
                return await ServeAsync(options, new Served(
                    parsed.GetValue(seed),
                    parsed.GetValue(config),
                    parsed.GetValue(decisions),
                    parsed.GetValue(limit),
                    ReadMask(parsed.GetValue(mask)),
                    parsed.GetValue(lifeline)), around, outputs);
            }
            catch (ServeException problem)
            {
                outputs.Say(NoticeLevel.Error, problem.Message);
                return ExitCode.Usage(settings.Compatibility);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
            {
                outputs.Say(NoticeLevel.Error, $"The token of --token-file cannot be used: {problem.Message}");
                return ExitCode.Usage(settings.Compatibility);
            }
        });
        return verb;
    }

    // The standard input leaves nothing behind, and is seen by nobody else.
    private static ApiToken? ReadToken(string? file)
    {
        if (file is not "-")
        {
            return file is null ? null : ApiToken.Read(file);
        }

        using var input = Console.OpenStandardInput();
        return ApiToken.Read(input);
    }

    private static SecretMask ReadMask(string? file)
    {
        if (file is null)
        {
            return SecretMask.None;
        }

        try
        {
            using var lines = file is "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(file);
            var text = file is "-" ? lines.ReadLine() : lines.ReadToEnd();
            var list = JsonNode.Parse(text ?? "") as JsonArray ?? throw new FormatException();
            return SecretMask.Of(
                list.Select(static entry => JsonTexts.TryRead(entry, out var secret) ? secret : throw new FormatException()));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ServeException(PrintableText.OneLine($"{file} of --decisions-mask cannot be read: {failure.Message}"));
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            // What is in it stays unsaid: it is secret.
            throw new ServeException(
                $"{(file is "-" ? "The standard input" : PrintableText.OneLine(file))} of --decisions-mask must hold a JSON list of texts");
        }
    }

    private static async Task<int> ServeAsync(ProxyApiOptions options, Served served, Surroundings around, Outputs outputs)
    {
        using var stop = new RunStop();
        using var signals = new SignalWatch(stop.Request);
        if (served.EndsWithInput)
        {
            InputEnd.Watch(() => stop.RequestOnce(new Interruption(InterruptionCause.Termination, "The standard input has ended")));
        }

        await using var decisions = served.Decisions is { } path ? OpenDecisions(path) : null;
        await using var server = new ProxyServer(new ProxyServerOptions
        {
            Seed = served.Seed,
            Time = around.Time,
            Decisions = decisions,
            MostDecisionBytes = served.Limit,
            MaskDecisions = served.Mask.IsEmpty ? null : served.Mask.Apply,
            OnDecisionsFailed = failure =>
                outputs.Say(
                    NoticeLevel.Warning,
                    PrintableText.OneLine($"Decisions are lost: {failure.Message.TrimEnd('.')}; the proxies go on, and it is tried again")),
        });
        await ServeAsync(server, options, served.Config, stop, around, outputs);
        await server.DisposeAsync();
        if (server.Decisions is { Lost: > 0 } log)
        {
            outputs.Say(
                NoticeLevel.Warning,
                PrintableText.OneLine($"{log.Lost} of {log.Lost + log.Written} decisions are not in {served.Decisions}"));
        }

        return ExitCode.Done;
    }

    private static async Task ServeAsync(
        ProxyServer server, ProxyApiOptions options, string? config, RunStop stop, Surroundings around, Outputs outputs)
    {
        if (config is not null)
        {
            await PopulateAsync(server, config);
        }

        await using var api = await StartAsync(server, options);
        around.Out.WriteLine($"Listening on {api.Url.GetLeftPart(UriPartial.Authority)}");
        foreach (var proxy in server.Proxies)
        {
            around.Out.WriteLine(
                PrintableText.OneLine(
                    $"{proxy.Name}  {proxy.Listen} -> {proxy.Upstream}{(proxy.Protocol == ProxyProtocol.Udp ? "  udp" : "")}{(proxy.IsEnabled ? "" : "  disabled")}"));
        }

        around.Out.Flush();
        if (options.Token is null && !api.Url.IsLoopback)
        {
            outputs.Say(NoticeLevel.Warning, $"Whoever reaches {options.Host} can control these proxies: --token-file keeps others out");
        }

        await Task
            .Delay(Timeout.InfiniteTimeSpan, around.Time, stop.Run)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        outputs.Say(NoticeLevel.Information, $"{stop.Interruption!.Message.TrimEnd('.')}; the proxies end");
    }

    private static Stream OpenDecisions(string path)
    {
        try
        {
            return OutputFile.OpenAppend(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ServeException(PrintableText.OneLine($"{path} cannot be written: {failure.Message}"));
        }
    }

    private static async Task PopulateAsync(ProxyServer server, string config)
    {
        ApiException? problem;
        try
        {
            var bytes = await File.ReadAllBytesAsync(config);
            (_, problem) = await new Population(server).ApplyAsync(ApiBody.Parse(bytes));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ServeException($"{config} cannot be read: {failure.Message}");
        }
        catch (ApiException failure)
        {
            problem = failure;
        }

        if (problem is not null)
        {
            throw new ServeException($"{config}: {problem.Message}");
        }
    }

    private static async Task<ProxyApi> StartAsync(ProxyServer server, ProxyApiOptions options)
    {
        try
        {
            return await ProxyApi.StartAsync(server, options);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw new ServeException(
                $"The API cannot listen on {options.Host}, port {options.Port}: {failure.Message.TrimEnd('.')}; --port 0 takes a free one");
        }
    }

    private static Option<int> Port() => new("--port")
    {
        HelpName = "N",
        Description = "Let it listen on this port; 0 takes a free one.",
        DefaultValueFactory = static _ => ProxyApiOptions.UsualPort,
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            {
                return port;
            }

            result.AddError($"'{text}' is not a value for --port; it takes a number from 0 to 65535");
            return 0;
        },
    };

    private static long? ReadLimit(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && bytes >= ProxyServerOptions.LeastDecisionBytes)
        {
            return bytes;
        }

        result.AddError(
            $"'{text}' is not a value for --decisions-limit; it takes a number of bytes from {ProxyServerOptions.LeastDecisionBytes}");
        return null;
    }

    private static long ReadSeed(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
        {
            return seed;
        }

        result.AddError($"'{text}' is not a value for --seed; it takes a whole number");
        return 0;
    }

    /// <summary>What is served.</summary>
    private sealed record Served(
        long Seed, string? Config, string? Decisions, long? Limit, SecretMask Mask, bool EndsWithInput);

    private sealed class ServeException(string message) : Exception(message);
}
