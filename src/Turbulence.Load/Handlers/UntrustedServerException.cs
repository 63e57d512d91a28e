using System.Security.Authentication;

namespace Turbulence.Load.Handlers;

/// <summary>
/// A server has shown a certificate that is not accepted. Thrown on the connection that it was shown on, so that no other is told of it.
/// </summary>
/// <param name="words">Why it is not, in one line.</param>
internal sealed class UntrustedServerException(string words) : AuthenticationException(words);
