namespace Turbulence.Cli.Wizard;

/// <summary>What the options of the command line say of an experiment, so that nobody is asked for it.</summary>
/// <param name="Title">Whether its title was said.</param>
/// <param name="Description">Whether its description was said.</param>
/// <param name="SteadyState">Whether its steady state was said, or that there is none.</param>
/// <param name="Method">Whether anything of its method was said.</param>
/// <param name="Rollbacks">Whether any rollback was said.</param>
/// <param name="Users">Whether its users were said.</param>
internal sealed record SaidAlready(bool Title, bool Description, bool SteadyState, bool Method, bool Rollbacks, bool Users);
