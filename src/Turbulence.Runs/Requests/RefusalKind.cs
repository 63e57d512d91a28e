namespace Turbulence.Runs.Requests;

/// <summary>Whose matter it is that nothing was run.</summary>
public enum RefusalKind
{
    /// <summary>What was asked for beside the experiment is wrong: a value, a variable file, a control file.</summary>
    Usage,

    /// <summary>The experiment is wrong, cannot be had, or its journal cannot be written.</summary>
    Invalid,

    /// <summary>Somebody asked for the end before it began, or everything is halted.</summary>
    Stopped,

    /// <summary>Something of an earlier run may still be in.</summary>
    NeedsAPerson,
}
