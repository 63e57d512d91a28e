namespace Turbulence.Documents;

/// <summary>Whose rules a run follows where the two differ.</summary>
public enum Compatibility
{
    /// <summary>Ours: truthful verdicts, safe rollbacks. The default.</summary>
    None,

    /// <summary>The reference runner's verdicts, rollback rules and exit codes (<c>--compat chaostoolkit</c>).</summary>
    ChaosToolkit,
}
