using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Turbulence.Activities.Http;
using Turbulence.Documents;
using Turbulence.Keys;
using Turbulence.Load.Requests;
using Turbulence.Load.Schedules;
using Turbulence.Tolerances.Loads;

namespace Turbulence.Load.Activities;

/// <summary>
/// Reads a load as experiments declare it: the provider of an activity, or the <c>users</c> of a whole experiment, who have no duration.
/// </summary>
/// <param name="given">The declaration.</param>
/// <param name="path">Its place.</param>
/// <param name="report">Told what is wrong, and where.</param>
internal sealed class LoadDeclaration(JsonObject given, DocumentPath path, Action<DocumentPath, string> report)
{
    private readonly LoadReading reading = new(report);

    /// <summary>Reads the files of certificates; null where they are not looked at.</summary>
    public CertificateBundles? Bundles { get; init; }

    /// <summary>Whether a load tells answers apart by their class.</summary>
    public static bool HasClasses(JsonObject load) => load["classes"] is JsonObject { Count: > 0 } || LoadReading.IsOpen(load["classes"]);

    /// <summary>Reads it.</summary>
    /// <param name="endless">Whether it has no duration, and goes on until it is ended.</param>
    /// <param name="seed">Where all chance comes from.</param>
    /// <returns>What is sent; null where something is wrong, which was reported, or a placeholder is in the way.</returns>
    public LoadPlan? Read(bool endless, int seed = 0)
    {
        var answers = new AnswerDeclaration(reading);
        var requests = new RequestDeclaration(given, path, answers, reading).Read();
        var schedule = new ScheduleDeclaration(given, path, reading).Read(endless);
        if (endless && given["tolerance"] is { } tolerance)
        {
            Tolerance(tolerance);
        }

        var plan = new LoadPlan(requests, schedule ?? LoadSchedule.Constant(1, TimeSpan.FromSeconds(1)))
        {
            Timeout = TimeSpan.FromSeconds(reading.Number(given, path, LoadKeys.Timeout)),
            Connections = ReadConnections(),
            Transport = ReadTransport(),
            Classes = answers.Classes(given["classes"], path["classes"]),
            Seed = seed,
        };
        if (reading.IsWrong || schedule is null || requests.Count == 0)
        {
            return null;
        }

        if (LoadGenerator.Problem(plan) is { } problem)
        {
            reading.Wrong(path, problem);
            return null;
        }

        return plan;
    }

    private void Tolerance(JsonNode tolerance)
    {
        if (tolerance is not JsonObject limits)
        {
            reading.Wrong(path["tolerance"], """the tolerance of users must be a map of figures with a limit each, such as {"lost": 0}""");
            return;
        }

        LoadLimits.Validate(limits, path["tolerance"], reading.Wrong);
        LoadLimits.ValidateClasses(limits, HasClasses(given), path["tolerance"], reading.Wrong);
    }

    private LoadTransport ReadTransport()
    {
        Uri? proxy = null;
        if (given["proxy"] is { } node && !LoadReading.IsOpenText(node)
            && (!Uri.TryCreate(LoadReading.Text(node), UriKind.Absolute, out proxy) || proxy.Scheme != Uri.UriSchemeHttp))
        {
            reading.Wrong(path["proxy"], "proxy must be an http URL");
        }

        var trust = Trust();
        return new LoadTransport(
            reading.Word(given, path, LoadKeys.HttpVersion) == "2", proxy, trust.Verify, Bundles is null ? null : Authorities(trust));
    }

    private ServerTrust Trust()
    {
        var node = given["verify_tls"] is { } written && !LoadReading.IsOpenText(written) ? written : null;
        if (ServerTrust.From(node, Compatibility.None) is { } trust)
        {
            return trust;
        }

        reading.Wrong(path["verify_tls"], "verify_tls must be true, false, or the path of a file of certificates");
        return new ServerTrust(true, null);
    }

    private X509Certificate2Collection? Authorities(ServerTrust trust)
    {
        if (!Bundles!.TryLoad(trust, out var authorities, out var problem))
        {
            reading.Wrong(path["verify_tls"], problem!);
        }

        return authorities;
    }

    private LoadConnections ReadConnections()
    {
        // Each user of the closed model has a connection of his own.
        var users = given["concurrency"] is { } node && LoadReading.TryNumber(node, out var count) ? count : 0;
        var usual = Math.Max(users <= LoadSchedule.MostUsers ? users : 0, LoadConnections.DefaultMost);
        var most = (int)reading.Number(given, path, LoadKeys.MaxConnections, usual);
        if (given["connections"] is { } kind && !LoadReading.IsOpenText(kind) && LoadReading.TryNumber(kind, out var share))
        {
            if (LoadKeys.Connections.NumberForm.Allows(share))
            {
                return new LoadConnections(share, most);
            }

            reading.Wrong(path["connections"], "connections must be kept, fresh, or the share of fresh ones from 0 to 1");
        }

        return new LoadConnections(reading.Word(given, path, LoadKeys.Connections) == "fresh" ? 1 : 0, most);
    }
}
