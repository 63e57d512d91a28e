using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Proxy.Api;

namespace Turbulence.Cli.Verbs;

/// <summary>Which server of proxies is asked.</summary>
internal sealed class ProxyApiChoice
{
    private static readonly Uri Usual = new($"http://localhost:{ProxyApiOptions.UsualPort}/");

    private readonly Option<Uri> api = new("--api")
    {
        HelpName = "URL",
        Description = $"Ask the server there. [default: {Usual.GetLeftPart(UriPartial.Authority)}]",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
            {
                return new Uri(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
            }

            result.AddError($"'{text}' is not a value for --api; it takes a URL such as http://localhost:8474");
            return null;
        },
    };

    private readonly Option<string?> tokenFile = new("--token-file") { HelpName = "FILE", Description = "Bring the token in this file." };

    /// <summary>Puts the options into a verb.</summary>
    public Command In(Command verb)
    {
        verb.Add(api);
        verb.Add(tokenFile);
        return verb;
    }

    /// <summary>A proxy that the server has.</summary>
    public Argument<string> Proxy() => Choice.Offering(
        ProxyArguments.Proxy(),
        context => context.ParseResult.GetResult(api)?.Errors.Any() == true
            ? []
            : ProxyNames.Of(Api(context.ParseResult), TokenFile(context.ParseResult)));

    /// <summary>Where it is.</summary>
    public Uri Api(ParseResult parsed) => parsed.GetValue(api) ?? Usual;

    /// <summary>Where its token stands; null for none.</summary>
    public string? TokenFile(ParseResult parsed) => parsed.GetValue(tokenFile);
}
