namespace Turbulence.Running;

/// <summary>A provider was cancelled and did not end.</summary>
internal sealed class UnendingException(CancellationToken cancellationToken) : OperationCanceledException(cancellationToken);
