using Turbulence.Faults.Contracts;

namespace Turbulence.Cli.Doctor;

/// <summary>The kinds of faults, those together that need the same of the machine.</summary>
/// <param name="kinds">The kinds.</param>
internal sealed class FaultsExamination(FaultKinds kinds) : IExamination
{
    public string Subject => "faults";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        var all = kinds.All.Select(static kind => kind.Description).ToList();
        List<Finding> found = [];
        List<FaultKindDescription> elsewhere = all.FindAll(static kind => !kind.IsForThisSystem);
        var needs = all.SelectMany(static kind => kind.Needs).Distinct().ToList();
        foreach (var group in all.Except(elsewhere).GroupBy(kind => string.Join(' ', kind.Needs.Select(need => needs.IndexOf(need)))))
        {
            var here = group.ToList();
            List<NeedSight> seen = [];
            foreach (var need in here[0].Needs)
            {
                seen.Add(await need.LookAsync(stop));
            }

            var lacking = seen.FindAll(static one => !one.IsThere);
            var text = string.Join("; ", (lacking.Count > 0 ? lacking : seen).Select(static one => one.Text));
            var names = Names(here, all);
            found.Add(lacking.Count > 0
                ? Finding.Missing(Subject, $"{names}: {text}")
                : Finding.Ok(Subject, $"{names}: {(text.Length > 0 ? text : "nothing is needed of the machine")}"));
        }

        if (elsewhere.Count > 0)
        {
            var platforms = string.Join(", ", elsewhere.SelectMany(static kind => kind.Platforms).Distinct());
            found.Add(Finding.Missing(Subject, $"{Names(elsewhere, all)}: only on {platforms}"));
        }

        return found;
    }

    // A family of which no kind is missing, or few are, has one name.
    private static string Names(List<FaultKindDescription> some, List<FaultKindDescription> all) =>
        string.Join(", ", some.GroupBy(static kind => Family(kind.Name)).SelectMany(family =>
        {
            var missing = all.Where(kind => Family(kind.Name) == family.Key).Except(family).Select(static kind => kind.Name).ToList();
            return family.Count() > 1 && missing.Count == 0 ? [$"{family.Key}.*"]
                : missing.Count > 0 && family.Count() > 4 * missing.Count ? [$"{family.Key}.* but {string.Join(" and ", missing)}"]
                : family.Select(static kind => kind.Name);
        }));

    private static string Family(string name) => name[..name.IndexOf('.', StringComparison.Ordinal)];
}
