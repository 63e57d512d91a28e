namespace Turbulence.Faults.Contracts;

/// <summary>
/// A kind whose fault lives in a process that lets go of it by itself when it hears nothing for a while, so that it is gone even when
/// runner and guardian both are. Whoever has put it in says again and again that it is still wanted.
/// </summary>
internal interface ILeasedKind : IFaultKind
{
    /// <summary>Says so.</summary>
    /// <param name="record">The fault.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask RenewAsync(FaultRecord record, CancellationToken cancellationToken);
}
