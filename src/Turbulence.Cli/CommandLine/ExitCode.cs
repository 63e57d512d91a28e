using Turbulence.Documents;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.CommandLine;

/// <summary>The exit codes of the command that are not a verdict.</summary>
internal static class ExitCode
{
    /// <summary>It did what was asked.</summary>
    public const int Done = 0;

    /// <summary>It could not be done: somebody else could not do it, or could not be reached.</summary>
    public const int Failed = 2;

    /// <summary>Nothing was proven: the load was late by itself.</summary>
    public const int Inconclusive = 3;

    /// <summary>The run was interrupted, before anything was run here.</summary>
    public const int Interrupted = 4;

    /// <summary>Something that was injected may still be in, and the system needs a person.</summary>
    public const int NeedsAPerson = 5;

    private const int Wrong = 64;
    private const int ReferenceError = 1;
    private const int ReferenceUsage = 2;

    /// <summary>The command line is wrong; nothing was run.</summary>
    public static int Usage(Compatibility compatibility) => compatibility == Compatibility.None ? Wrong : ReferenceUsage;

    /// <summary>The experiment is wrong or cannot be had; nothing was run.</summary>
    public static int Invalid(Compatibility compatibility) => compatibility == Compatibility.None ? Wrong : ReferenceError;

    /// <summary>Interrupted before the run began.</summary>
    public static int Stopped(Compatibility compatibility) => compatibility == Compatibility.None ? Interrupted : ReferenceError;

    /// <summary>Nothing was run.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="compatibility">Whose exit codes apply.</param>
    public static int Of(RunRefusal refusal, Compatibility compatibility) => refusal.Kind switch
    {
        RefusalKind.Usage => Usage(compatibility),
        RefusalKind.Stopped => Stopped(compatibility),
        RefusalKind.NeedsAPerson when compatibility == Compatibility.None => NeedsAPerson,
        _ => Invalid(compatibility),
    };

    /// <summary>The program itself is wrong. The same as an experiment that could not be carried out.</summary>
    public const int InternalError = 2;
}
