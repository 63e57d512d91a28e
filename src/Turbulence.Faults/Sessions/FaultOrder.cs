using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Sessions;

/// <summary>A fault that an activity asks for.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Request">What is asked of the kind; the session gives it its id.</param>
/// <param name="AllowIrreversible">Whether the fault may be one that cannot be taken back.</param>
public sealed record FaultOrder(string Activity, IFaultKind Kind, FaultRequest Request, bool AllowIrreversible = false);
