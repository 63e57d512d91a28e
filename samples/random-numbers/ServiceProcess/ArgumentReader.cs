using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RandomNumbers.ServiceProcess;

/// <summary>
/// Goes through a command line: <c>--option value</c>, <c>--option=value</c>, and what is left, the operands.
/// The first thing that is wrong stays in <see cref="Problem"/>.
/// </summary>
/// <param name="arguments">The arguments, without the program's name.</param>
public sealed class ArgumentReader(IReadOnlyList<string> arguments)
{
    private readonly List<string> rest = [.. arguments];

    /// <summary>What is wrong with the arguments, in one line; null while nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Notes what is wrong; only the first note is kept.</summary>
    public void Refuse(string problem) => Problem ??= problem;

    /// <summary>Takes a switch such as <c>--daemon</c>; true when it was there.</summary>
    public bool TakeSwitch(string name) => rest.RemoveAll(argument => argument == name) > 0;

    /// <summary>Takes an option's value; the last one counts. Null when the option is not there.</summary>
    public string? TakeOption(string name) => TakeOptions(name) is [.., var last] ? last : null;

    /// <summary>Takes every value of a repeatable option, in the order given.</summary>
    public IReadOnlyList<string> TakeOptions(string name)
    {
        List<string> values = [];
        for (var index = 0; index < rest.Count;)
        {
            if (rest[index].StartsWith(name + "=", StringComparison.Ordinal))
            {
                values.Add(rest[index][(name.Length + 1)..]);
                rest.RemoveAt(index);
            }
            else if (rest[index] != name)
            {
                index++;
            }
            else if (index + 1 < rest.Count)
            {
                values.Add(rest[index + 1]);
                rest.RemoveRange(index, 2);
            }
            else
            {
                Refuse($"{name} needs a value");
                rest.RemoveAt(index);
            }
        }

        return values;
    }

    /// <summary>Takes a port number, 0 to 65535; the fallback when <paramref name="text"/> is null.</summary>
    public int ToPort(string? text, int fallback)
    {
        if (text is null)
        {
            return fallback;
        }

        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            Refuse($"'{text}' is not a port (0 to 65535)");
        }

        return port;
    }

    /// <summary>Takes the operands, which must be as many as <paramref name="names"/>; call it last.</summary>
    /// <returns>False, with <see cref="Problem"/> set, when they are not, or when an option is left that nobody knows.</returns>
    public bool TryTakeOperands(ReadOnlySpan<string> names, [NotNullWhen(true)] out IReadOnlyList<string>? operands)
    {
        operands = null;
        if (rest.Find(argument => argument.StartsWith('-')) is { } unknown)
        {
            Refuse($"unknown option {unknown}");
        }
        else if (rest.Count < names.Length)
        {
            Refuse($"{names[rest.Count]} is missing");
        }
        else if (rest.Count > names.Length)
        {
            Refuse($"unexpected argument '{rest[names.Length]}'");
        }
        else
        {
            operands = rest;
        }

        return operands is not null;
    }
}
