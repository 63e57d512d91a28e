using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Journals;

namespace Turbulence.Cli.Mcp;

/// <summary>Serves tools to one client, by the official implementation of the protocol, until the client is gone.</summary>
/// <param name="tools">The tools.</param>
internal sealed class McpSession(IReadOnlyList<ITool> tools)
{
    /// <summary>The longest message of a client, in bytes: tools take paths and words.</summary>
    public const int LongestMessage = 1 << 20;

    private const string Instructions =
        "Chaos engineering for .NET: experiments hurt a system on purpose, take everything back, and say what its users felt. "
        + "Look before you run: discover, validate, plan. A verdict other than 'passed' has its reasons; 'explain' says them.";

    /// <summary>Serves.</summary>
    /// <param name="input">What the client sends.</param>
    /// <param name="output">Where answers go; nothing else does.</param>
    /// <param name="gone">Told when the client is gone: what it waits for is carried to its end, and a run would go on for nobody.</param>
    /// <param name="stop">Ends it.</param>
    public async Task ServeAsync(Stream input, Stream output, Action gone, CancellationToken stop)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "chaos", Version = ProgramVersion.Text },
            ServerInstructions = Instructions,
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. tools.Select(Declared)] }),
                CallToolHandler = CallAsync,
            },
        };
        await using var transport = new StreamServerTransport(new BoundedInput(input, LongestMessage, gone), output, "chaos");
        await using var server = McpServer.Create(transport, options);
        try
        {
            await server.RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
        catch (IOException)
        {
            // The client is gone in the middle of an answer.
        }
    }

    private async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken stop)
    {
        var called = request.Params.Name;
        var tool = tools.FirstOrDefault(tool => tool.Name == called)
            ?? throw new McpProtocolException($"There is no tool '{PrintableText.OneLine(called)}'", McpErrorCode.InvalidParams);
        var progress = new ProgressTeller(request.Server, request.Params.ProgressToken);
        try
        {
            var answer = await tool.CallAsync(Arguments(tool, request.Params.Arguments), progress.Tell, stop);
            await progress.FlushAsync().WaitAsync(stop);
            return Answered(answer, isError: false);
        }
        catch (ToolException refused)
        {
            return Answered(new JsonObject { ["error"] = PrintableText.OneLine(refused.Message) }, isError: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Answered(new JsonObject { ["error"] = PrintableText.OneLine(failure.Message) }, isError: true);
        }
    }

    private static Dictionary<string, string> Arguments(ITool tool, IDictionary<string, JsonElement>? given)
    {
        Dictionary<string, string> arguments = [];
        foreach (var (name, value) in given ?? new Dictionary<string, JsonElement>())
        {
            var known = tool.Arguments.FirstOrDefault(argument => argument.Name == name)
                ?? throw new ToolException($"{tool.Name} has no argument '{name}'{Takes(tool)}");
            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new ToolException($"{name} must be a text");
            if (text.Length > ToolArgument.Longest)
            {
                throw new ToolException($"{name} is longer than {ToolArgument.Longest} characters");
            }

            if (known.Choices.Count > 0 && !known.Choices.Contains(text))
            {
                throw new ToolException($"{name} must be one of {string.Join(", ", known.Choices)}");
            }

            arguments[name] = text;
        }

        return tool.Arguments.FirstOrDefault(argument => argument.IsRequired && !arguments.ContainsKey(argument.Name)) is { } missing
            ? throw new ToolException($"{missing.Name} is missing: {missing.Description}")
            : arguments;
    }

    private static string Takes(ITool tool) => tool.Arguments.Count == 0
        ? "; it takes none"
        : $"; it takes {string.Join(", ", tool.Arguments.Select(static argument => argument.Name))}";

    private static CallToolResult Answered(JsonObject answer, bool isError) => new()
    {
        Content = [new TextContentBlock { Text = JsonText.Indented(answer) }],
        StructuredContent = Element(answer),
        IsError = isError,
    };

    private static Tool Declared(ITool tool) => new()
    {
        Name = tool.Name,
        Description = tool.Description,
        InputSchema = Element(Schema(tool)),
        Annotations = new ToolAnnotations
        {
            ReadOnlyHint = tool.IsReadOnly,
            DestructiveHint = !tool.IsReadOnly,
            OpenWorldHint = false,
        },
    };

    private static JsonObject Schema(ITool tool)
    {
        var properties = new JsonObject();
        foreach (var argument in tool.Arguments)
        {
            var property = new JsonObject
            {
                ["type"] = "string",
                ["description"] = argument.Description,
                ["maxLength"] = ToolArgument.Longest,
            };
            if (argument.Choices.Count > 0)
            {
                property["enum"] = Texts(argument.Choices);
            }

            properties[argument.Name] = property;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Texts(tool.Arguments.Where(static argument => argument.IsRequired).Select(static argument => argument.Name)),
            ["additionalProperties"] = false,
        };
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static text => JsonValue.Create(text))]);

    private static JsonElement Element(JsonObject node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
