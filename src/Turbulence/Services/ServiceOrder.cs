using Turbulence.Documents;

namespace Turbulence.Services;

/// <summary>In which order services are started: those that are needed first.</summary>
internal sealed class ServiceOrder
{
    private readonly Dictionary<string, ServiceDefinition> services;
    private readonly IReadOnlyCollection<string> known;
    private readonly List<ServiceDefinition> order = [];
    private readonly List<(string Service, int Place, string Message)> problems = [];
    private readonly HashSet<string> seen = [];

    /// <summary>Finds the order.</summary>
    /// <param name="definitions">The services.</param>
    /// <param name="known">The names of all services, those included that cannot be read; null where there are no others.</param>
    public ServiceOrder(IReadOnlyList<ServiceDefinition> definitions, IReadOnlyCollection<string>? known = null)
    {
        services = definitions.ToDictionary(service => service.Name);
        this.known = known ?? services.Keys;
        foreach (var service in definitions.Where(service => seen.Add(service.Name)))
        {
            Visit(service);
        }
    }

    /// <summary>
    /// The services; each stands behind those that it needs. What is wrong in <see cref="Problems"/> is left out of account.
    /// </summary>
    public IReadOnlyList<ServiceDefinition> Services => order;

    /// <summary>Which service, at which place of its <c>needs</c>, needs one that there is not, or itself around a corner.</summary>
    public IReadOnlyList<(string Service, int Place, string Message)> Problems => problems;

    /// <summary>Whether <paramref name="service"/> needs <paramref name="other"/>, or one that does.</summary>
    public bool Needs(ServiceDefinition service, ServiceDefinition other)
    {
        var asked = new HashSet<string>();
        var waiting = new Stack<ServiceDefinition>([service]);
        while (waiting.TryPop(out var next))
        {
            foreach (var need in next.Needs.Where(asked.Add))
            {
                if (need == other.Name)
                {
                    return true;
                }

                if (services.TryGetValue(need, out var needed))
                {
                    waiting.Push(needed);
                }
            }
        }

        return false;
    }

    // Without recursion: a chain may be longer than the stack.
    private void Visit(ServiceDefinition first)
    {
        List<(ServiceDefinition Service, int Next)> way = [(first, 0)];
        HashSet<string> onWay = [first.Name];
        while (way.Count > 0)
        {
            var (service, place) = way[^1];
            if (place == service.Needs.Count)
            {
                way.RemoveAt(way.Count - 1);
                onWay.Remove(service.Name);
                order.Add(service);
                continue;
            }

            way[^1] = (service, place + 1);
            var need = service.Needs[place];
            if (onWay.Contains(need))
            {
                string[] circle = [.. way.Select(step => step.Service.Name).SkipWhile(name => name != need), need];
                var words = string.Join(", ", circle.Zip(circle.Skip(1), (one, next) => $"'{one}' needs '{next}'"));
                problems.Add(
                    (service.Name, place, $"these services need each other in a circle, and none of them could be the first: {words}"));
            }
            else if (services.TryGetValue(need, out var needed))
            {
                if (seen.Add(need))
                {
                    way.Add((needed, 0));
                    onWay.Add(need);
                }
            }
            else if (!known.Contains(need))
            {
                problems.Add(
                    (service.Name, place, $"there is no service '{need}'{NearestWord.Hint(need, known.Where(name => name != service.Name))}"));
            }
        }
    }
}
