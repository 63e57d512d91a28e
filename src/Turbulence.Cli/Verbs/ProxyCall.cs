using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Events;
using Turbulence.Proxy.Api.Tokens;

namespace Turbulence.Cli.Verbs;

/// <summary>One call of a verb that asks a server of proxies: ours or Toxiproxy.</summary>
/// <param name="http">Asks it.</param>
/// <param name="around">Where the command stands.</param>
internal sealed class ProxyCall(HttpClient http, Surroundings around)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Says what was asked for, in one line.</summary>
    public void Write(string line) => around.Out.WriteLine(PrintableText.OneLine(line));

    /// <summary>Says JSON.</summary>
    public void Write(JsonNode json) => around.Out.WriteLine(Journals.JsonText.Indented(json));

    /// <summary>The path of a proxy.</summary>
    public static string Path(string proxy) => $"/proxies/{Uri.EscapeDataString(proxy)}";

    /// <summary>The path of a toxic.</summary>
    public static string Path(string proxy, string toxic) => $"{Path(proxy)}/toxics/{Uri.EscapeDataString(toxic)}";

    /// <summary>Asks the server.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="body">The body. Default: none.</param>
    /// <returns>The answer; an empty object where it has no body.</returns>
    /// <exception cref="ProxyCallException">It did not do it.</exception>
    public async Task<JsonObject> AskAsync(HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/'));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        try
        {
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var answer = Parse(text);
            return response.IsSuccessStatusCode
                ? answer ?? (text.Length == 0 ? [] : throw new ProxyCallException(
                    $"{http.BaseAddress} gave an answer that is no JSON object: it is no server of proxies", isMistake: false))
                : throw new ProxyCallException(
                    Reason(answer) ?? $"{http.BaseAddress} answered {(int)response.StatusCode}: {text.Trim()}",
                    isMistake: (int)response.StatusCode is >= 400 and < 500);
        }
        catch (HttpRequestException failure)
        {
            throw new ProxyCallException(
                $"Nobody answers at {http.BaseAddress}: {failure.Message.TrimEnd('.')}; 'chaos proxy serve' starts a server, --api names another one",
                isMistake: false);
        }
        catch (TaskCanceledException)
        {
            throw new ProxyCallException($"{http.BaseAddress} gave no answer within {Patience.TotalSeconds:0} s", isMistake: false);
        }
    }

    /// <summary>Carries a verb out, and says why it could not be.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(
        ParseResult parsed, ProxyApiChoice choice, GlobalOptions globals, Surroundings around, Func<ProxyCall, Task> verb)
    {
        var settings = globals.ReadWithoutLog(parsed);
        using var outputs = new Outputs(around, settings, mayBeLive: false);
        if (!WorkingDirectory.TryMove(settings, outputs, isNeeded: false))
        {
            return ExitCode.Usage(settings.Compatibility);
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = choice.Api(parsed),
            Timeout = Patience,
            MaxResponseContentBufferSize = 64 << 20,
        };
        try
        {
            http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("chaos", ProgramVersion.Text));
            if (choice.TokenFile(parsed) is { } file)
            {
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiToken.Read(file).Text);
            }

            await verb(new ProxyCall(http, around));
            return ExitCode.Done;
        }
        catch (ProxyCallException problem)
        {
            outputs.Say(NoticeLevel.Error, PrintableText.OneLine(problem.Message));
            return problem.IsMistake ? ExitCode.Usage(settings.Compatibility) : ExitCode.Failed;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            outputs.Say(NoticeLevel.Error, $"The token of --token-file cannot be used: {problem.Message}");
            return ExitCode.Usage(settings.Compatibility);
        }
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Toxiproxy's older versions call it title.
    private static string? Reason(JsonObject? answer) =>
        (answer?["error"] ?? answer?["title"]) is JsonValue value && value.TryGetValue<string>(out var reason) ? reason : null;
}
