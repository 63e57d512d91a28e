using Turbulence.Cli.Wizard.Faults;
using Turbulence.Cli.Wizard.Places;

namespace Turbulence.Cli.Wizard;

/// <summary>What is around an experiment that is being made.</summary>
/// <param name="Faults">The faults that there are.</param>
/// <param name="Services">The programs that somebody can connect to.</param>
/// <param name="Time">The clock.</param>
internal sealed record WizardSurroundings(FaultDrafts Faults, IReadOnlyList<ListeningService> Services, TimeProvider Time);
