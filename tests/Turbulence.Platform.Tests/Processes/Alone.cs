namespace Turbulence.Platform.Tests.Processes;

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
